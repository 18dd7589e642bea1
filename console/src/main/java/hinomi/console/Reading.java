package hinomi.console;

import hinomi.model.Text;

/// What a port answered, or why it could not: a page shows what can be read and says what cannot.
public sealed interface Reading<T> {
  /// It answered.
  record Known<T>(T value) implements Reading<T> {}

  /// It could not.
  ///
  /// @param words a sentence for a person
  /// @param offset of the mistake in what was asked, or [hinomi.model.BadInput#NOWHERE]
  record Unreadable<T>(Text words, int offset) implements Reading<T> {
    /// For a sentence that is only known in one language.
    public Unreadable(String reason, int offset) {
      this(Text.same(reason), offset);
    }
  }
}
