package hinomi.logindexer.segment;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The time that a segment covers, which is its folder's name: `20260302T000000Z.24h`.
///
/// @param start nanoseconds since the epoch
/// @param length nanoseconds; whole hours
record Span(long start, long length) implements Comparable<Span> {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long SECOND = 1_000_000_000L;

  long end() {
    return start + length;
  }

  String name() {
    return NAME.format(Instant.ofEpochSecond(Math.floorDiv(start, SECOND)))
        + "."
        + Duration.ofNanos(length).toHours()
        + "h";
  }

  /// Nothing for a name that is no segment's.
  static Optional<Span> parse(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 2 || !parts[1].matches("[1-9]\\d{0,3}h")) {
      return Optional.empty();
    }
    try {
      long seconds = Instant.from(NAME.parse(parts[0])).getEpochSecond();
      int hours = Integer.parseInt(parts[1].substring(0, parts[1].length() - 1));
      return Optional.of(new Span(seconds * SECOND, Duration.ofHours(hours).toNanos()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Span other) {
    int order = Long.compare(start, other.start);
    return order != 0 ? order : Long.compare(length, other.length);
  }
}
