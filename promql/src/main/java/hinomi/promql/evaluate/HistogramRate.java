package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import hinomi.promql.histogram.Histograms;
import hinomi.promql.histogram.Tally;
import hinomi.promql.parse.Span;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase`, `delta`, `irate` and `idelta` of native histograms: as those of numbers,
/// with a histogram for each difference. The result is always a gauge. Incompatible histograms have
/// no difference, which is said.
final class HistogramRate {
  private final Window window;
  private final boolean counter;
  private final String metric;
  private final Span span;
  private final HistogramNotes notes;

  private HistogramRate(Window window, boolean counter, Remarks remarks) {
    this.window = window;
    this.counter = counter;
    this.metric = remarks.metric();
    this.span = remarks.span(0);
    this.notes = new HistogramNotes(remarks.notes());
  }

  static WindowFunction.OfMixed extrapolated(Slope.Kind kind) {
    return (window, _, remarks, into, step) -> {
      remarks.startsOverlapIn(window, kind);
      Histogram result = new HistogramRate(window, kind.isCounter(), remarks).whole(kind);
      if (result != null) {
        into.set(step, result);
      }
    };
  }

  /// Between the two newest samples of a window, of which one at least is a histogram, or of both
  /// kinds when none of the two is.
  ///
  /// @param numbers what to do with two numbers
  static WindowFunction.OfMixed instant(boolean perSecond, WindowFunction.OfNumbers numbers) {
    return (window, scalars, remarks, into, step) -> {
      if (window.count() + window.histogramCount() < 2) {
        return;
      }
      int newer = newerHistograms(window);
      if (newer == 0) {
        into.set(step, numbers.apply(window, scalars, remarks));
      } else {
        HistogramRate rate = new HistogramRate(window, perSecond, remarks);
        Histogram result = newer == 2 ? rate.instant(perSecond) : rate.mixed();
        if (result != null) {
          into.set(step, result);
        }
      }
    };
  }

  /// How many of the two newest samples are histograms.
  private static int newerHistograms(Window window) {
    int numbers = window.count();
    int histograms = window.histogramCount();
    int found = 0;
    for (int i = 0; i < 2; i++) {
      if (histograms > 0
          && (numbers == 0 || window.histogramTime(histograms - 1) > window.time(numbers - 1))) {
        histograms--;
        found++;
      } else {
        numbers--;
      }
    }
    return found;
  }

  private @Nullable Histogram mixed() {
    notes.mixedWithFloats(metric, span);
    return null;
  }

  private @Nullable Histogram whole(Slope.Kind kind) {
    int count = window.histogramCount();
    if (window.count() > 0) {
      return mixed();
    }
    boolean fromZero =
        counter
            && Starts.isWithin(window.start(), window.histogramStart(0), window.histogramTime(0));
    if (count < 2 && !fromZero) {
      return null;
    }
    Tally rise = count < 2 ? Tally.of(window.histogram(0)) : rise();
    if (rise == null || (fromZero && count > 1 && !addFirst(rise))) {
      return null;
    }
    Histogram result = rise.histogram();
    double factor =
        fromZero ? Slope.factorFromZero(window, kind) : Slope.factor(window, kind, result.count());
    return Histograms.multiplied(result, factor).with(Histogram.Reset.GAUGE);
  }

  /// Adds what the first histogram had counted since its start.
  private boolean addFirst(Tally rise) {
    return change(rise, window.histogram(0), Doing.ADDITION);
  }

  /// The last histogram less the first, with what was counted before each reset.
  private @Nullable Tally rise() {
    int count = window.histogramCount();
    // What a reset follows at once is not looked at, whatever its buckets.
    int first = counter && window.isReset(1) ? 1 : 0;
    int schema = Integer.MAX_VALUE;
    for (int i = first; i < count; i++) {
      Histogram each = window.histogram(i);
      if (counter || i == first || i == count - 1) {
        schema = Math.min(schema, each.schema());
        if (each.hasCustomBounds() != window.histogram(first).hasCustomBounds()) {
          notes.mixedBounds(metric, span);
          return null;
        }
      }
    }
    sayWhatTheyAre();
    Tally rise = Tally.of(window.histogram(count - 1));
    rise.reduceTo(schema);
    change(
        rise,
        first == 0 ? window.histogram(0) : Histograms.nothingLike(window.histogram(1)),
        Doing.SUBTRACTION);
    for (int i = first + 1; counter && i < count; i++) {
      if (window.isReset(i)) {
        change(rise, window.histogram(i - 1), Doing.ADDITION);
      }
    }
    return rise;
  }

  /// Gives false when the two do not fit together.
  private boolean change(Tally tally, Histogram by, Doing doing) {
    boolean fits = doing == Doing.ADDITION ? tally.add(by) : tally.subtract(by);
    if (!fits) {
      notes.mixedBounds(metric, span);
    } else if (tally.wasReconciled()) {
      notes.reconciled(doing, span);
    }
    return fits;
  }

  private void sayWhatTheyAre() {
    int count = window.histogramCount();
    if (counter) {
      for (int i = 0; i < count; i++) {
        if (window.histogram(i).reset() == Histogram.Reset.GAUGE) {
          notes.isNoCounter(metric, span);
          return;
        }
      }
    } else if (window.histogram(0).reset() != Histogram.Reset.GAUGE
        || window.histogram(count - 1).reset() != Histogram.Reset.GAUGE) {
      notes.isNoGauge(metric, span);
    }
  }

  private @Nullable Histogram instant(boolean perSecond) {
    int last = window.histogramCount() - 1;
    Histogram newer = window.histogram(last);
    Histogram older = window.histogram(last - 1);
    boolean isGauge =
        newer.reset() == Histogram.Reset.GAUGE && older.reset() == Histogram.Reset.GAUGE;
    boolean isCounter =
        newer.reset() != Histogram.Reset.GAUGE && older.reset() != Histogram.Reset.GAUGE;
    if (counter && !isCounter) {
      notes.isNoCounter(metric, span);
    } else if (!counter && !isGauge) {
      notes.isNoGauge(metric, span);
    }
    Tally difference = Tally.of(newer);
    if (!counter || !window.isReset(last)) {
      if (!change(difference, older, Doing.SUBTRACTION)) {
        return null;
      }
    }
    if (perSecond) {
      long millis = window.histogramTime(last) - window.histogramTime(last - 1);
      difference.divide(millis / 1000.0);
    }
    return difference.histogram().with(Histogram.Reset.GAUGE);
  }
}
