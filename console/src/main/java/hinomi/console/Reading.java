package hinomi.console;

/// What a port answered, or why it could not: a page shows what can be read and says what cannot.
public sealed interface Reading<T> {
  /// It answered.
  record Known<T>(T value) implements Reading<T> {}

  /// It could not.
  ///
  /// @param reason a sentence for a person
  /// @param offset of the mistake in what was asked, or [hinomi.model.BadInput#NOWHERE]
  record Unreadable<T>(String reason, int offset) implements Reading<T> {}
}
