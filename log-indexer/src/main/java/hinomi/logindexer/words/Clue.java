package hinomi.logindexer.words;

/// Something that every batch with a matching line has. Exact in one direction only: a batch
/// without it has no match; a batch with it may have.
public sealed interface Clue {
  /// A term of the dictionary.
  record Term(String text) implements Clue {}

  /// Some term of the dictionary that has this inside.
  record Part(String text) implements Clue {}

  /// A token with digits, by its hash, in the batch's [TokenFilter].
  record Token(long hash) implements Clue {}
}
