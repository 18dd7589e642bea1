package hinomi.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Where a value or a moment lies on its axis, and where the axis is labelled.
///
/// @param low the value at the axis' beginning
/// @param high the value at its end, above `low`
/// @param ticks labelled values, rising
record Scale(double low, double high, List<Tick> ticks) {
  private static final int[] MINUTES = {1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440};
  private static final int MOST_TIMES = 6;
  private static final int VALUES = 5;

  /// A labelled value.
  record Tick(double value, String label) {}

  Scale {
    ticks = List.copyOf(ticks);
  }

  /// An axis that holds both values and begins and ends at round ones. Zero is on it where that
  /// costs less than half the height, for a line's height should say how much it is.
  static Scale ofValues(double min, double max) {
    double low = min;
    double high = max;
    if (low > 0 && low < high / 2) {
      low = 0;
    } else if (high < 0 && high > low / 2) {
      high = 0;
    }
    // A line that never changes, or hardly within a double's precision, runs through the middle.
    double least = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
    if (high - low <= least) {
      double room = high == 0 ? 1 : Math.abs(high) / 10;
      low -= room;
      high += room;
    }
    double step = round((high - low) / VALUES);
    double first = Math.floor(low / step) * step;
    double last = Math.ceil(high / step) * step;
    if (!(step > 0) || Double.isInfinite(first) || Double.isInfinite(last) || !(last > first)) {
      return new Scale(-Double.MAX_VALUE, Double.MAX_VALUE, List.of());
    }
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; first + i * step <= last + step / 2; i++) {
      double value = first + i * step;
      ticks.add(new Tick(value, Figures.shortly(Math.abs(value) < step / 1e6 ? 0 : value)));
    }
    return new Scale(first, last, ticks);
  }

  /// The next of 1, 2, 2.5, 5 × 10ⁿ.
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digits = step / power;
    return (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 2.5 ? 2.5 : digits <= 5 ? 5 : 10) * power;
  }

  /// A time axis, labelled at round local times.
  static Scale ofTimes(Instant from, Instant to, ZoneId zone) {
    long minutes = Duration.between(from, to).toMinutes();
    int step = MINUTES[MINUTES.length - 1];
    for (int candidate : MINUTES) {
      if (minutes / candidate <= MOST_TIMES) {
        step = candidate;
        break;
      }
    }
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm").withZone(zone);
    long millis = Duration.ofMinutes(step).toMillis();
    // Local time: in a zone of half hours, round hours are not round in UTC.
    long shift = zone.getRules().getOffset(from).getTotalSeconds() * 1000L;
    long first = Math.ceilDiv(from.toEpochMilli() + shift, millis) * millis - shift;
    List<Tick> ticks = new ArrayList<>();
    for (long at = first; at <= to.toEpochMilli(); at += millis) {
      ticks.add(new Tick(at, clock.format(Instant.ofEpochMilli(at))));
    }
    return new Scale(from.toEpochMilli(), to.toEpochMilli(), ticks);
  }

  /// Its place, 0…1.
  double place(double value) {
    // Halved first: the whole span of doubles does not fit into a double.
    return (value / 2 - low / 2) / (high / 2 - low / 2);
  }
}
