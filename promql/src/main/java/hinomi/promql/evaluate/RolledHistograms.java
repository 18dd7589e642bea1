package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledHistogram.Trait;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Tally;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import java.util.Optional;

/// Functions of windows that hold native histograms, computed from buckets: what [HistogramWindows]
/// and [HistogramRate] compute from samples.
final class RolledHistograms {
  private RolledHistograms() {}

  /// @param mean whether it is divided by the number
  static RolledFunction.OfHistograms total(boolean mean) {
    return (window, remarks, into, step) -> {
      HistogramNotes notes = new HistogramNotes(remarks.notes());
      if (window.hasNumbers()) {
        notes.mixedWithFloats(remarks.metric(), remarks.span(0));
        return;
      }
      RolledHistogram all = window.histograms();
      Optional<Histogram> sum = all.part(Part.SUM);
      if (sum.isEmpty()) {
        notes.mixedBounds(remarks.metric(), remarks.span(0));
        return;
      }
      if (all.traits().contains(Trait.RESET) && all.traits().contains(Trait.NOT_RESET)) {
        notes.resetsCollide(Doing.AGGREGATION, remarks.span(0));
      }
      if (all.traits().contains(Trait.SUM_RECONCILED)) {
        notes.reconciled(Doing.AGGREGATION, remarks.span(0));
      }
      into.set(step, mean ? Histograms.divided(sum.get(), (double) all.count()) : sum.get());
    };
  }

  static void count(RolledWindow window, Remarks remarks, RowBuffer into, int step) {
    into.set(step, RolledFunction.count(window) + window.histogramCount());
  }

  static void first(RolledWindow window, Remarks remarks, RowBuffer into, int step) {
    RolledHistogram first = window.firstHistogram();
    if (window.hasNumbers() && window.value(Column.FIRST_TIME, window.from()) < first.firstTime()) {
      into.set(step, RolledFunction.first(window));
    } else {
      first.part(Part.FIRST).ifPresent(histogram -> into.set(step, histogram));
    }
  }

  static void last(RolledWindow window, Remarks remarks, RowBuffer into, int step) {
    RolledHistogram last = window.lastHistogram();
    if (window.hasNumbers() && window.value(Column.LAST_TIME, window.to() - 1) > last.lastTime()) {
      into.set(step, RolledFunction.last(window));
    } else {
      last.part(Part.LAST).ifPresent(histogram -> into.set(step, histogram));
    }
  }

  static RolledFunction.OfHistograms slope(Slope.Kind kind) {
    return (window, remarks, into, step) -> {
      HistogramRise rise = HistogramRise.of(kind.isCounter(), remarks);
      if (window.hasNumbers()) {
        rise.notes().mixedWithFloats(rise.metric(), rise.span());
        return;
      }
      RolledHistogram all = window.histograms();
      Tally change = all.count() < 2 ? null : rise.of(all);
      if (change == null) {
        return;
      }
      Histogram result = change.histogram();
      double first = window.firstHistogram().part(Part.FIRST).map(Histogram::count).orElse(0.0);
      double factor =
          Shape.of(kind, (int) all.count(), window.gaps(all.firstTime(), all.lastTime()))
              .factor(result.count(), first);
      into.set(step, Histograms.multiplied(result, factor).with(Histogram.Reset.GAUGE));
    };
  }
}
