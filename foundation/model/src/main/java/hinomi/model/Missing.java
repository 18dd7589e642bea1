package hinomi.model;

/// What was asked for does not exist. HTTP 404.
public final class Missing extends Failure {
  public Missing(String message) {
    super(message);
  }

  public Missing(String message, Throwable cause) {
    super(message, cause);
  }
}
