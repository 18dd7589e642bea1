package hinomi.promql.notation;

import hinomi.model.Histogram;
import hinomi.promql.parse.ShownHistogram;

/// What stands in a series at one time.
public sealed interface Point {
  /// A number; [hinomi.model.Sample#STALE] where the series ends.
  record Plain(double value) implements Point {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /// A native histogram.
  ///
  /// @param hinted whether it is written what is known of the count's past, so that it matters
  record Native(Histogram histogram, boolean hinted) implements Point {
    @Override
    public String toString() {
      return ShownHistogram.text(histogram)
          + " of schema "
          + histogram.schema()
          + ", "
          + histogram.reset();
    }
  }

  static Point of(double value) {
    return new Plain(value);
  }
}
