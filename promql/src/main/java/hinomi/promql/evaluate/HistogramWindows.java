package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.histogram.Average;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Tally;
import hinomi.model.histogram.Total;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import java.util.function.Function;

/// Functions of windows that hold native histograms, apart from rates.
final class HistogramWindows {
  private HistogramWindows() {}

  static WindowFunction.OfMixed sum() {
    return total(Tally::of);
  }

  static WindowFunction.OfMixed average() {
    return total(Average::of);
  }

  private static WindowFunction.OfMixed total(Function<Histogram, Total> begin) {
    return (window, _, remarks, into, step) -> {
      HistogramNotes notes = new HistogramNotes(remarks.notes());
      if (window.count() > 0) {
        notes.mixedWithFloats(remarks.metric(), remarks.span(0));
        return;
      }
      Total total = begin.apply(window.histogram(0));
      for (int i = 1; i < window.histogramCount(); i++) {
        if (!total.add(window.histogram(i))) {
          notes.mixedBounds(remarks.metric(), remarks.span(0));
          return;
        }
      }
      notes.of(total, Doing.AGGREGATION, remarks.span(0));
      into.set(step, total.histogram());
    };
  }

  static WindowFunction.OfMixed firstTime() {
    return (window, _, _, into, step) -> {
      long first = window.histogramTime(0);
      into.set(step, (window.count() > 0 ? Math.min(first, window.firstTime()) : first) / 1000.0);
    };
  }

  static WindowFunction.OfMixed lastTime() {
    return (window, _, _, into, step) -> {
      long last = window.histogramTime(window.histogramCount() - 1);
      into.set(step, (window.count() > 0 ? Math.max(last, window.lastTime()) : last) / 1000.0);
    };
  }

  /// A change of kind is a reset, too.
  static WindowFunction.OfMixed resets() {
    return (window, _, _, into, step) ->
        into.set(step, neighbours(window, window::isNumberReset, window::isReset));
  }

  /// A change of kind is a change, too.
  static WindowFunction.OfMixed changes() {
    return (window, _, _, into, step) ->
        into.set(
            step,
            neighbours(
                window,
                i -> isOther(window.value(i - 1), window.value(i)),
                i -> !Histograms.equal(window.histogram(i - 1), window.histogram(i))));
  }

  private static boolean isOther(double one, double other) {
    return one != other && !(Double.isNaN(one) && Double.isNaN(other));
  }

  /// Whether sample `i` differs from the one before of the same kind.
  @FunctionalInterface
  private interface Differs {
    boolean test(int i);
  }

  /// Counts the samples that differ from the one before, which may be of the other kind.
  private static double neighbours(Window window, Differs numbers, Differs histograms) {
    int number = 0;
    int histogram = 0;
    int found = 0;
    boolean wasNumber = false;
    while (number < window.count() || histogram < window.histogramCount()) {
      boolean isNumber =
          histogram == window.histogramCount()
              || (number < window.count() && window.time(number) < window.histogramTime(histogram));
      boolean first = number + histogram == 0;
      int i = isNumber ? number : histogram;
      boolean differs =
          !first && (isNumber != wasNumber || (isNumber ? numbers : histograms).test(i));
      found += differs ? 1 : 0;
      if (isNumber) {
        number++;
      } else {
        histogram++;
      }
      wasNumber = isNumber;
    }
    return found;
  }
}
