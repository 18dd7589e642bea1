package hinomi.promql.evaluate;

import hinomi.promql.evaluate.Slope.Kind;

/// How the samples of a window lie between its ends, and what follows from it for the change
/// between the first and the last of them: by which factor it is extrapolated to the ends
/// (Prometheus' `extrapolatedRate`). Times in seconds.
///
/// @param sampled from the first sample to the last
/// @param toStart how far the series is believed to go on before its first sample
/// @param toEnd how far behind its last one
/// @param length of the window
/// @param usual the factor, unless a counter would have been below zero
record Shape(Kind kind, double sampled, double toStart, double toEnd, double length, double usual) {
  /// How much the quick look must be in favour before it is believed: far more than rounding.
  private static final double SURE = 1 + 1e-9;

  /// Of a window with at least two samples.
  ///
  /// @param gaps from the window's start to the first sample, to the last, to the window's end
  static Shape of(Kind kind, int count, Gaps gaps) {
    double sampled = gaps.sampled / 1000.0;
    double average = sampled / (count - 1);
    double threshold = average * 1.1;
    double toStart = gaps.before / 1000.0;
    double toEnd = gaps.after / 1000.0;
    // A gap wider than usual: the series began or ended half an interval beyond its samples.
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double length = (gaps.before + gaps.sampled + gaps.after) / 1000.0;
    double usual = factor(kind, sampled, toStart, toEnd, length);
    return new Shape(kind, sampled, toStart, toEnd, length, usual);
  }

  /// The factor for a counter whose first sample is known to have counted from zero on, within the
  /// window: nothing has to be guessed before it.
  ///
  /// @param zero milliseconds from the window's start to where it was zero
  static double fromZero(Kind kind, int count, Gaps gaps, long zero) {
    double average = count > 1 ? gaps.sampled / 1000.0 / (count - 1) : 0;
    double toEnd = gaps.after / 1000.0;
    if (toEnd >= average * 1.1) {
      toEnd = average / 2;
    }
    double length = (gaps.before + gaps.sampled + gaps.after) / 1000.0;
    return factor(kind, (gaps.before - zero + gaps.sampled) / 1000.0, 0, toEnd, length);
  }

  /// Milliseconds.
  record Gaps(long before, long sampled, long after) {}

  private static double factor(
      Kind kind, double sampled, double before, double after, double length) {
    double all = (sampled + before + after) / sampled;
    return kind == Kind.RATE ? all / length : all;
  }

  /// By what a change is multiplied.
  ///
  /// @param first value of the first sample
  double factor(double change, double first) {
    if (kind.isCounter() && change > 0 && first >= 0) {
      // A counter cannot have been below zero: it began no earlier than where its slope meets zero.
      if (!(sampled * first > toStart * change * SURE)) {
        double toZero = sampled * (first / change);
        if (toZero < toStart) {
          return factor(kind, sampled, toZero, toEnd, length);
        }
      }
    }
    return usual;
  }
}
