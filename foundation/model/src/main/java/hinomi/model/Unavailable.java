package hinomi.model;

/// The world failed us for now (disk, database, peer); the same request may succeed later. HTTP
/// 503.
public final class Unavailable extends Failure {
  public Unavailable(String message) {
    super(message);
  }

  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
