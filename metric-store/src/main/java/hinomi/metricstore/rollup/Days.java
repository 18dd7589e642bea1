package hinomi.metricstore.rollup;

import hinomi.metricstore.chunk.Piece;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Days of UTC, in which is rolled up: the day that begins at `b` holds what is after `b` up to `b
/// + LENGTH`. Milliseconds since the epoch.
final class Days {
  static final long LENGTH = Duration.ofDays(1).toMillis();

  private Days() {}

  /// The begin of the day that holds a time.
  static long begin(long timestamp) {
    return (Math.ceilDiv(timestamp, LENGTH) - 1) * LENGTH;
  }

  /// The begins of the days between two times, both included.
  static Set<Long> of(long first, long last) {
    Set<Long> days = new TreeSet<>();
    for (long day = begin(first); day < last; day += LENGTH) {
      days.add(day);
    }
    return days;
  }

  /// The begins of the days of which pieces are.
  static Set<Long> of(Collection<? extends Piece> pieces) {
    Set<Long> days = new TreeSet<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Piece piece : pieces) {
      if (begin(piece.first()) != first || begin(piece.last()) != last) {
        first = begin(piece.first()); // mostly those of the piece before
        last = begin(piece.last());
        days.addAll(of(piece.first(), piece.last()));
      }
    }
    return days;
  }
}
