package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.RolledHistogram;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Run;
import hinomi.model.histogram.Tally;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase`, `delta`, `irate` and `idelta` of native histograms: as those of numbers,
/// with a histogram for each difference. The result is always a gauge. Incompatible histograms have
/// no difference, which is said.
final class HistogramRate {
  private final Window window;
  private final HistogramRise rise;

  private HistogramRate(Window window, boolean counter, Remarks remarks) {
    this.window = window;
    this.rise = HistogramRise.of(counter, remarks);
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
    rise.notes().mixedWithFloats(rise.metric(), rise.span());
    return null;
  }

  private @Nullable Histogram whole(Slope.Kind kind) {
    int count = window.histogramCount();
    if (window.count() > 0) {
      return mixed();
    }
    boolean fromZero =
        rise.counter()
            && Starts.isWithin(window.start(), window.histogramStart(0), window.histogramTime(0));
    if (count < 2 && !fromZero) {
      return null;
    }
    Tally change = count < 2 ? Tally.of(window.histogram(0)) : rise.of(all());
    if (change == null || (fromZero && count > 1 && !addFirst(change))) {
      return null;
    }
    Histogram result = change.histogram();
    double factor =
        fromZero ? Slope.factorFromZero(window, kind) : Slope.factor(window, kind, result.count());
    return Histograms.multiplied(result, factor).with(Histogram.Reset.GAUGE);
  }

  /// Adds what the first histogram had counted since its start.
  private boolean addFirst(Tally change) {
    return rise.change(change, window.histogram(0), Doing.ADDITION);
  }

  private RolledHistogram all() {
    Run run = new Run(HistogramRise.PARTS);
    for (int i = 0; i < window.histogramCount(); i++) {
      boolean anew = rise.counter() && i > 0 && window.isReset(i);
      run.add(window.histogramTime(i), window.histogram(i), anew);
    }
    return run.at(window.end());
  }

  private @Nullable Histogram instant(boolean perSecond) {
    int last = window.histogramCount() - 1;
    Histogram newer = window.histogram(last);
    Histogram older = window.histogram(last - 1);
    boolean isGauge =
        newer.reset() == Histogram.Reset.GAUGE && older.reset() == Histogram.Reset.GAUGE;
    boolean isCounter =
        newer.reset() != Histogram.Reset.GAUGE && older.reset() != Histogram.Reset.GAUGE;
    if (perSecond && !isCounter) {
      rise.notes().isNoCounter(rise.metric(), rise.span());
    } else if (!perSecond && !isGauge) {
      rise.notes().isNoGauge(rise.metric(), rise.span());
    }
    Tally difference = Tally.of(newer);
    if (!perSecond || !window.isReset(last)) {
      if (!rise.change(difference, older, Doing.SUBTRACTION)) {
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
