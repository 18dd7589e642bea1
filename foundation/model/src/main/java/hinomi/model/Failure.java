package hinomi.model;

/// The expected ways to fail, each of which has one answer over HTTP. Our own mistakes are not
/// among them: those are `IllegalStateException("BUG: …")`.
public abstract sealed class Failure extends RuntimeException
    permits BadInput, Missing, OverLimit, Unavailable, Unsupported {
  /// In Japanese; empty where it is only known in English.
  private final String japanese;

  Failure(String message) {
    super(message);
    this.japanese = "";
  }

  Failure(Text words) {
    super(words.in(Language.EN));
    this.japanese = words.ja();
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
    this.japanese = "";
  }

  /// What to tell who asked: never null, unlike `getMessage`.
  public final String reason() {
    String message = getMessage();
    return message == null ? getClass().getSimpleName() : message;
  }

  /// The same for people of either language; in English for both where nothing else is known.
  public final Text words() {
    return new Text(japanese, reason());
  }
}
