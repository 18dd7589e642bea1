package hinomi.agent.tail;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The time that leads a line: ISO 8601 (`2026-03-02T09:00:00.123+09:00`, also with a blank instead
/// of T, a comma before the fraction, and without a zone) or a syslog time (RFC 3164, section
/// 4.1.2: `Mar 2 09:00:00`). Without a zone it is the host's. Pure.
///
/// A time more than five minutes ahead is not believed: one line of nonsense must not push all that
/// follow it into the future.
final class LineTime {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Pattern ISO =
      Pattern.compile(
          "[\\[(]?(\\d{4})-(\\d\\d)-(\\d\\d)[T"
              + " ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?(Z|[+-]\\d\\d:?\\d\\d)?\\b.*",
          Pattern.DOTALL);
  private static final Pattern SYSLOG =
      Pattern.compile(
          "(?:<\\d{1,3}>)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([ \\d]\\d)"
              + " (\\d\\d):(\\d\\d):(\\d\\d)\\b.*",
          Pattern.DOTALL);
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private LineTime() {}

  /// The time of a line, if one leads it that can be believed.
  static Optional<Instant> of(String line, Instant now, ZoneId zone) {
    // Nearly all lines without a time are told by their first characters.
    if (line.length() < 15) {
      return Optional.empty();
    }
    try {
      Matcher iso = ISO.matcher(line);
      if (iso.matches()) {
        return believed(iso(iso, zone), now);
      }
      Matcher syslog = SYSLOG.matcher(line);
      if (syslog.matches()) {
        return believed(syslog(syslog, now, zone), now);
      }
    } catch (DateTimeException _) {
      // It looks like a time and is none: 2026-02-30.
    }
    return Optional.empty();
  }

  private static Optional<Instant> believed(Instant time, Instant now) {
    return time.isAfter(now.plus(AHEAD)) || time.isBefore(Instant.EPOCH)
        ? Optional.empty()
        : Optional.of(time);
  }

  private static Instant iso(Matcher parts, ZoneId zone) {
    String fraction = parts.group(7) == null ? "" : parts.group(7);
    LocalDateTime local =
        LocalDateTime.of(
            number(parts, 1),
            number(parts, 2),
            number(parts, 3),
            number(parts, 4),
            number(parts, 5),
            // A leap second is told as the second before it.
            Math.min(59, number(parts, 6)),
            Integer.parseInt((fraction + "000000000").substring(0, 9)));
    String offset = parts.group(8);
    return local.atZone(offset == null ? zone : ZoneOffset.of(offset)).toInstant();
  }

  /// No year: the one that puts the line closest before now, so that a December line read in
  /// January is a week old and not eleven months ahead.
  private static Instant syslog(Matcher parts, Instant now, ZoneId zone) {
    LocalDateTime latest = LocalDateTime.ofInstant(now.plus(AHEAD), zone);
    Month month = Month.of(MONTHS.indexOf(parts.group(1)) + 1);
    int day = Integer.parseInt(parts.group(2).strip());
    int second = Math.min(59, number(parts, 5));
    int year = latest.getYear();
    if (month.getValue() > latest.getMonthValue()) {
      year--;
    }
    LocalDateTime local =
        LocalDateTime.of(year, month, day, number(parts, 3), number(parts, 4), second);
    return local.atZone(zone).toInstant();
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
