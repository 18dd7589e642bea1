package hinomi.agent.ship;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What the server's answer means for the batch that was sent (remote write 1.0, "Retries and
/// backoff"; OTLP, "Failures"; RFC 9110, 10.2.3). Pure.
sealed interface Answer {
  /// It is done with; some of it may have been refused for good.
  ///
  /// @param refused items that the server did not take
  /// @param reason why, in the server's words; empty when nothing was refused
  record Done(long refused, String reason) implements Answer {}

  /// It may succeed later.
  ///
  /// @param notBefore what the server asked for
  record Later(Optional<Duration> notBefore, String reason) implements Answer {}

  /// Longest wait that is granted to a server.
  Duration PATIENCE = Duration.ofMinutes(5);

  /// The headers and the body of the answer, as far as they matter here.
  ///
  /// @param rejected items that the body names as refused, with a 2xx
  /// @param written items that a header names as stored, with a 4xx
  record Reply(
      int status,
      Optional<String> retryAfter,
      long rejected,
      Optional<Long> written,
      String text) {}

  /// @param items how many samples or lines the batch has
  static Answer judge(Reply reply, long items, Instant now) {
    int status = reply.status();
    String reason = "HTTP " + status + (reply.text().isBlank() ? "" : ": " + reply.text().strip());
    if (status >= 200 && status < 300) {
      long refused = Math.clamp(reply.rejected(), 0, items);
      return new Done(refused, refused == 0 ? "" : reason);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Later(reply.retryAfter().flatMap(value -> wait(value, now)), reason);
    }
    long written = Math.clamp(reply.written().orElse(0L), 0, items);
    return new Done(items - written, reason);
  }

  /// Seconds, or a date.
  private static Optional<Duration> wait(String retryAfter, Instant now) {
    Duration wait;
    try {
      wait = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
    } catch (NumberFormatException | ArithmeticException _) {
      try {
        Instant then =
            ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        wait = Duration.between(now, then);
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
    if (wait.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(wait.compareTo(PATIENCE) > 0 ? PATIENCE : wait);
  }
}
