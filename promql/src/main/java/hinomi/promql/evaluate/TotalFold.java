package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Total;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Span;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `sum` and `avg`, to which histograms are as good as numbers; but a step that has both has no
/// result.
abstract class TotalFold extends Fold {
  /// A total keeps three numbers for each count of its first histogram.
  private static final int ROOM = 3;

  private final Span span;
  private final Function<Histogram, Total> begin;
  private @Nullable HistogramTotals totals;

  /// @param begin makes a total of the first histogram
  TotalFold(Expr.Aggregate aggregate, int steps, Notes notes, Function<Histogram, Total> begin) {
    super(aggregate, steps, notes);
    this.span = aggregate.inner().span();
    this.begin = begin;
  }

  @Override
  final long add(int step, Histogram histogram, Labels labels) {
    if (totals == null) {
      totals = new HistogramTotals(begin, seen.length);
    }
    boolean first = !totals.isAt(step);
    totals.add(step, histogram, labels.metric());
    return first ? ROOM * Histograms.weight(histogram) : 0;
  }

  /// Takes in the histograms of another.
  final void mergeTotals(TotalFold other) {
    if (totals == null) {
      totals = other.totals;
    } else if (other.totals != null) {
      totals.merge(other.totals);
    }
  }

  @Override
  final Row row(Labels labels, Notes notes) {
    HistogramTotals some = totals;
    if (some == null) {
      return super.row(labels, notes);
    }
    HistogramNotes remarks = new HistogramNotes(notes);
    RowBuffer row = new RowBuffer(seen.length);
    row.clear();
    for (int step = 0; step < seen.length; step++) {
      Histogram total = some.result(step, remarks, span);
      if (seen[step] && some.isAt(step)) {
        remarks.mixedWithFloatsInAggregation(span);
      } else if (seen[step]) {
        row.set(step, result(step));
      } else if (total != null) {
        row.set(step, total);
      }
    }
    row.doneMixed();
    return row.take(labels);
  }
}
