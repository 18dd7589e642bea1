package hinomi.model;

/// The sender speaks a format or an encoding that is not spoken here. HTTP 415.
public final class Unsupported extends Failure {
  public Unsupported(String message) {
    super(message);
  }

  public Unsupported(String message, Throwable cause) {
    super(message, cause);
  }
}
