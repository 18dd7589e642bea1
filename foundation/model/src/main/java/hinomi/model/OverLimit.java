package hinomi.model;

import java.time.Duration;

/// A limit was met: a queue is full, a body too large, a query too expensive.
public final class OverLimit extends Failure {
  /// What kind of limit, which decides the answer over HTTP.
  public enum Kind {
    /// Too much at once; the same again later is welcome. HTTP 429 with Retry-After.
    RATE,
    /// Too large ever to be taken. HTTP 413.
    SIZE,
    /// Costs more than a query may. HTTP 422, as Prometheus answers.
    COST
  }

  private final Kind kind;
  private final Duration retryAfter;

  private OverLimit(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public static OverLimit rate(String message, Duration retryAfter) {
    return new OverLimit(Kind.RATE, message, retryAfter);
  }

  public static OverLimit size(String message) {
    return new OverLimit(Kind.SIZE, message, Duration.ZERO);
  }

  public static OverLimit cost(String message) {
    return new OverLimit(Kind.COST, message, Duration.ZERO);
  }

  public Kind kind() {
    return kind;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
