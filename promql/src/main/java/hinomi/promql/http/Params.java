package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import hinomi.settings.Durations;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Reads the parameters of Prometheus' API: times as RFC 3339 or Unix seconds, durations as `5m` or
/// seconds. A wrong one is a [BadInput] in Prometheus' words.
final class Params {
  /// Beyond any data, yet far from overflowing: the range of dates that JavaScript knows.
  static final long FARTHEST = 8_640_000_000_000_000L;

  private final Request request;

  Params(Request request) {
    this.request = request;
  }

  String text(String name) {
    return request.param(name).orElse("");
  }

  /// The parameter `time`.
  Instant time(Instant otherwise) {
    String text = text("time");
    if (text.isEmpty()) {
      return otherwise;
    }
    return parsedTime(text)
        .orElseThrow(() ->
            wrong(
                "time",
                "Invalid time value for 'time': cannot parse "
                    + Quoting.quote(text)
                    + " to a valid timestamp"));
  }

  Instant time(String name) {
    String text = text(name);
    return parsedTime(text).orElseThrow(() -> noTime(name, text));
  }

  /// Milliseconds since the epoch.
  long millis(String name, long otherwise) {
    return text(name).isEmpty() ? otherwise : time(name).toEpochMilli();
  }

  Duration duration(String name) {
    String text = text(name);
    return parsedDuration(text)
        .orElseThrow(
            () -> wrong(name, "cannot parse " + Quoting.quote(text) + " to a valid duration"));
  }

  Duration duration(String name, Duration otherwise) {
    return text(name).isEmpty() ? otherwise : duration(name);
  }

  /// The parameter `limit`: at most so many results; none and 0 mean all.
  int limit() {
    String text = text("limit");
    if (text.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw wrong("limit", "limit must be a non-negative number: " + Quoting.quote(text));
    }
    int limit = Integer.parseInt(text);
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  static BadInput wrong(String name, String why) {
    return new BadInput("invalid parameter " + Quoting.quote(name) + ": " + why, 0);
  }

  private static BadInput noTime(String name, String text) {
    return wrong(name, "cannot parse " + Quoting.quote(text) + " to a valid timestamp");
  }

  private static Optional<Instant> parsedTime(String text) {
    Optional<Double> seconds = Numbers.parse(text);
    if (seconds.isPresent()) {
      double millis = Math.rint(seconds.get() * 1000);
      return Double.isNaN(millis)
          ? Optional.empty()
          : Optional.of(Instant.ofEpochMilli(bounded((long) millis)));
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Optional.of(Instant.ofEpochMilli(bounded(instant.toEpochMilli())));
    } catch (DateTimeException e) {
      return farthest(text);
    }
  }

  /// The ends of time as Go prints them, which some clients send for "everything".
  private static Optional<Instant> farthest(String text) {
    return switch (text) {
      case "-292273086-05-16T16:47:06Z" -> Optional.of(Instant.ofEpochMilli(-FARTHEST));
      case "292277025-08-18T07:12:54.999999999Z" -> Optional.of(Instant.ofEpochMilli(FARTHEST));
      default -> Optional.empty();
    };
  }

  private static long bounded(long millis) {
    return Math.clamp(millis, -FARTHEST, FARTHEST);
  }

  private static Optional<Duration> parsedDuration(String text) {
    Optional<Double> seconds = Numbers.parse(text);
    if (seconds.isEmpty()) {
      return Durations.parse(text);
    }
    double millis = Math.rint(seconds.get() * 1000);
    return Math.abs(millis) < FARTHEST
        ? Optional.of(Duration.ofMillis((long) millis))
        : Optional.empty();
  }
}
