package hinomi.promql.conformance;

import hinomi.model.Histogram;
import hinomi.promql.parse.HistogramNotation;

/// What stands in a test file, or comes back, at one time.
sealed interface Point {
  record Plain(double value) implements Point {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /// @param hinted whether a file says what is known of the count's past, so that it matters
  record Native(Histogram histogram, boolean hinted) implements Point {
    @Override
    public String toString() {
      return HistogramNotation.text(histogram)
          + " of schema "
          + histogram.schema()
          + ", "
          + histogram.reset();
    }
  }

  static Point of(double value) {
    return new Plain(value);
  }

  /// Equal but for rounding.
  static boolean near(Point expected, Point actual) {
    return switch (expected) {
      case Plain number ->
          actual instanceof Plain other && TestRun.near(number.value(), other.value());
      case Native one ->
          actual instanceof Native other
              && NativeNotation.near(one.histogram(), other.histogram())
              && (!one.hinted() || one.histogram().reset() == other.histogram().reset());
    };
  }
}
