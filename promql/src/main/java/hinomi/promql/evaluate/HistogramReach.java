package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Resets;
import hinomi.model.histogram.Tally;
import hinomi.promql.evaluate.HistogramNotes.Doing;
import hinomi.promql.parse.Span;
import org.jspecify.annotations.Nullable;

/// Native histograms of ranges whose ends have values of their own ([Reaching]), and between two
/// samples. Incompatible histograms have no result, which is said.
final class HistogramReach {
  private final Window window;
  private final String metric;
  private final Span span;
  private final HistogramNotes notes;

  HistogramReach(Window window, String metric, Span span, Notes notes) {
    this.window = window;
    this.metric = metric;
    this.span = span;
    this.notes = new HistogramNotes(notes);
  }

  /// How much a histogram changes from one end to the other.
  static WindowFunction.OfMixed change(Reaching reaching, Slope.Kind kind) {
    return (window, _, remarks, into, step) -> {
      HistogramReach reach =
          new HistogramReach(window, remarks.metric(), remarks.span(0), remarks.notes());
      Histogram result = reach.change(reaching.piece(window, true), kind);
      if (result != null) {
        into.set(step, result);
      }
    };
  }

  /// What stands at a time, on the line between the samples around it: the one before when none is
  /// behind, nothing when none is before.
  @Nullable Histogram at(long time) {
    int behind = 0;
    while (behind < window.histogramCount() && window.histogramTime(behind) < time) {
      behind++;
    }
    if (window.count() > 0) {
      notes.mixedWithFloats(metric, span);
      return null;
    }
    boolean isLast = behind == window.histogramCount();
    if (!isLast && window.histogramTime(behind) == time) {
      return window.histogram(behind);
    }
    if (behind == 0) {
      return null;
    }
    Histogram before = window.histogram(behind - 1);
    if (isLast) {
      return before.with(Histogram.Reset.UNKNOWN);
    }
    boolean gauges =
        before.reset() == Histogram.Reset.GAUGE
            && window.histogram(behind).reset() == Histogram.Reset.GAUGE;
    return between(behind - 1, time, !gauges);
  }

  private @Nullable Histogram change(Reaching.Piece piece, Slope.Kind kind) {
    if (window.count() > 0) {
      notes.mixedWithFloats(metric, span);
      return null;
    }
    boolean counter = kind.isCounter();
    if (piece.isEmpty() || !isUniform(piece, counter)) {
      return null;
    }
    Histogram left =
        piece.leftIsBetween()
            ? between(piece.first(), piece.start(), counter)
            : window.histogram(piece.first());
    Histogram right =
        piece.rightIsBetween()
            ? between(piece.last() - 1, piece.end(), counter)
            : window.histogram(piece.last());
    if (left == null || right == null) {
      return null;
    }
    if (!counter
        && (left.reset() != Histogram.Reset.GAUGE || right.reset() != Histogram.Reset.GAUGE)) {
      notes.isNoGauge(metric, span);
    }
    Tally change = Tally.of(right);
    if (!combine(change, left, Doing.SUBTRACTION)
        || (counter && !addResets(change, piece, left, right))) {
      return null;
    }
    if (kind == Slope.Kind.RATE) {
      change.divide((piece.end() - piece.start()) / 1000.0);
    }
    return change.histogram().with(Histogram.Reset.GAUGE);
  }

  private boolean isUniform(Reaching.Piece piece, boolean counter) {
    boolean custom = window.histogram(piece.first()).hasCustomBounds();
    for (int i = piece.first(); i <= piece.last(); i++) {
      Histogram each = window.histogram(i);
      if (each.hasCustomBounds() != custom) {
        notes.mixedBounds(metric, span);
        return false;
      }
      if (counter && each.reset() == Histogram.Reset.GAUGE) {
        notes.isNoCounter(metric, span);
      }
    }
    return true;
  }

  /// Adds what was counted before each reset between the ends.
  private boolean addResets(Tally change, Reaching.Piece piece, Histogram left, Histogram right) {
    int next = piece.first() + 1;
    Histogram before = left;
    if (piece.leftIsBetween() && window.isReset(next)) {
      // The left end lies behind that reset already.
      before = window.histogram(next);
      next++;
    }
    if (next > piece.last()) {
      return true;
    }
    for (int i = next; i < piece.last(); i++) {
      Histogram each = window.histogram(i);
      if (Resets.isBetween(before, each) && !combine(change, before, Doing.ADDITION)) {
        return false;
      }
      before = each;
    }
    return !Resets.isBetween(before, right) || combine(change, before, Doing.ADDITION);
  }

  /// What stands on the line between histogram `i` and the next one. A counter that was reset
  /// between them began at nothing.
  private @Nullable Histogram between(int i, long time, boolean counter) {
    Histogram before = window.histogram(i);
    Histogram behind = window.histogram(i + 1);
    long elapsed = window.histogramTime(i + 1) - window.histogramTime(i);
    double part = (double) (time - window.histogramTime(i)) / elapsed;
    if (part <= 0 || part >= 1) {
      return part <= 0 ? before : behind;
    }
    if (before.hasCustomBounds() != behind.hasCustomBounds()) {
      notes.mixedBounds(metric, span);
      return null;
    }
    if (counter && window.isReset(i + 1)) {
      return Histograms.multiplied(behind, part);
    }
    Tally difference = Tally.of(behind);
    combine(difference, before, Doing.SUBTRACTION);
    Tally result = Tally.of(Histograms.multiplied(difference.histogram(), part));
    combine(result, before, Doing.ADDITION);
    return result.histogram();
  }

  /// Gives false when the two do not fit together.
  private boolean combine(Tally tally, Histogram by, Doing doing) {
    boolean fits = doing == Doing.ADDITION ? tally.add(by) : tally.subtract(by);
    if (!fits) {
      notes.mixedBounds(metric, span);
    } else if (tally.wasReconciled()) {
      notes.reconciled(doing, span);
    }
    return fits;
  }
}
