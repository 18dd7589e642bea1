package hinomi.logindexer.http;

import hinomi.logindexer.accept.LineLimits;
import hinomi.model.BadInput;
import hinomi.settings.Durations;
import hinomi.web.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// The times of a request, as Loki reads them (pkg/loghttp/params.go): a number with a point is
/// seconds, a whole number of at most ten digits too, a longer one nanoseconds; else RFC 3339.
///
/// @param start nanoseconds since the epoch
/// @param end nanoseconds since the epoch
record LokiTimes(long start, long end) {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(8_000_000_000L);
  private static final Duration HOUR = Duration.ofHours(1);

  /// `start`, `end` and `since`; without them the last hour.
  static LokiTimes of(Request request, Instant now) {
    return of(request, now, "start", "end");
  }

  /// The same under other names.
  static LokiTimes of(Request request, Instant now, String startName, String endName) {
    long end = time(request, endName).orElse(LineLimits.nanos(now));
    long since =
        request
            .param("since")
            .filter(text -> !text.isEmpty())
            .map(text -> duration("since", text))
            .orElse(HOUR.toNanos());
    long start = time(request, startName).orElse(Math.max(0, end - since));
    if (end < start) {
      throw new BadInput(endName + " timestamp must not be before or equal to start time");
    }
    return new LokiTimes(start, end);
  }

  static Optional<Long> time(Request request, String name) {
    return request.param(name).filter(text -> !text.isEmpty()).map(text -> time(name, text));
  }

  private static long time(String name, String text) {
    if (text.matches("-?\\d{1,20}") && text.length() > 10) {
      return nanos(name, text, new BigDecimal(text).divide(NANOS));
    }
    if (text.matches("-?\\d{1,20}(\\.\\d{0,20})?([eE][+-]?\\d{1,2})?")) {
      return nanos(name, text, new BigDecimal(text));
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond());
      return nanos(name, text, seconds.add(BigDecimal.valueOf(instant.getNano(), 9)));
    } catch (DateTimeParseException e) {
      throw new BadInput(name + ": expected nanoseconds, seconds or RFC 3339, got " + text, e);
    }
  }

  /// Times before 1970 have no lines; they are read as 1970.
  private static long nanos(String name, String text, BigDecimal seconds) {
    if (seconds.abs().compareTo(MAX_SECONDS) > 0) {
      throw new BadInput(name + ": " + text + " is out of range");
    }
    return Math.max(0, seconds.multiply(NANOS).longValue());
  }

  /// `step`, or a 250th of the time in whole seconds.
  long step(Request request) {
    long seconds = (end - start) / 250 / 1_000_000_000L;
    return request
        .param("step")
        .filter(text -> !text.isEmpty())
        .map(text -> duration("step", text))
        .orElse(Math.max(1, seconds) * 1_000_000_000L);
  }

  /// Seconds as a number, or `1m30s`; nanoseconds.
  private static long duration(String name, String text) {
    if (text.matches("\\d{1,9}(\\.\\d{1,12})?")) {
      return new BigDecimal(text).multiply(NANOS).longValue();
    }
    Duration duration = Durations.parse(text).orElse(Duration.ofNanos(-1));
    if (duration.isNegative() || duration.compareTo(Duration.ofDays(3660)) > 0) {
      throw new BadInput(name + ": expected seconds or a duration like 15s, got " + text);
    }
    return duration.toNanos();
  }
}
