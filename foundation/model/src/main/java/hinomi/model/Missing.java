package hinomi.model;

/// What was asked for does not exist. HTTP 404.
public final class Missing extends Failure {
  public Missing(String message) {
    super(message);
  }

  /// One that is said in both languages.
  public Missing(Text words) {
    super(words);
  }

  public Missing(String message, Throwable cause) {
    super(message, cause);
  }
}
