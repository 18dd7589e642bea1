package hinomi.model;

/// Somebody's mistake, with its place. HTTP 400.
public final class BadInput extends Failure {
  /// No place is known, or the whole input is meant.
  public static final int NOWHERE = -1;

  private final int offset;

  public BadInput(String message) {
    this(message, NOWHERE);
  }

  /// @param offset where in the input the mistake begins: characters of a text, bytes of a body
  public BadInput(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /// One that is said in both languages.
  public BadInput(Text words, int offset) {
    super(words);
    this.offset = offset;
  }

  public BadInput(String message, Throwable cause) {
    super(message, cause);
    this.offset = NOWHERE;
  }

  /// Characters (text) or bytes (body) before the mistake, or [#NOWHERE].
  public int offset() {
    return offset;
  }
}
