package hinomi.logindexer.logql;

import hinomi.model.BadInput;

/// The moments at which a metric query is evaluated: start, start + step, … up to end.
///
/// @param start nanoseconds since the epoch
/// @param step nanoseconds, above 0
/// @param count how many, from 1
public record Steps(long start, long step, int count) {
  private static final int MAX = 11_000;

  public static Steps at(long time) {
    return new Steps(time, 1, 1);
  }

  /// More than 11,000 are a [BadInput], as in Loki.
  public static Steps between(long start, long end, long step) {
    if (step <= 0) {
      throw new BadInput(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (end < start) {
      throw new BadInput("end timestamp must not be before or equal to start time");
    }
    long count = (end - start) / step + 1;
    if (count > MAX + 1) {
      throw new BadInput(
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value"
              + " of the step parameter");
    }
    return new Steps(start, step, (int) count);
  }

  long end() {
    return start + (count - 1) * step;
  }

  /// Nanoseconds of step `i`.
  public long time(int i) {
    return start + i * step;
  }

  /// The first step that is not before a time; may be beyond the last.
  long firstFrom(long time) {
    return time <= start ? 0 : (time - start + step - 1) / step;
  }
}
