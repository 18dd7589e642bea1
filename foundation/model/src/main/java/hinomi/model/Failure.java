package hinomi.model;

/// The expected ways to fail, each of which has one answer over HTTP. Our own mistakes are not
/// among them: those are `IllegalStateException("BUG: …")`.
public abstract sealed class Failure extends RuntimeException
    permits BadInput, Missing, OverLimit, Unavailable, Unsupported {
  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }

  /// What to tell who asked: never null, unlike `getMessage`.
  public final String reason() {
    String message = getMessage();
    return message == null ? getClass().getSimpleName() : message;
  }
}
