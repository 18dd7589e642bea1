package hinomi.metricstore.rollup;

import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.histogram.Run;
import java.util.EnumSet;
import java.util.Set;

/// Folds what there is of a series into buckets of one width, all columns. Entries of the source
/// must not reach over the ends of buckets. What queries fold samples by is what is folded by here:
/// NaN is smallest or largest only when alone, and of equals the first counts; a counter begins
/// anew where a value is below the one before. Native histograms are taken together by [Run]. One
/// thread.
public final class Fold {
  static final Set<Column> ALL = EnumSet.allOf(Column.class);

  private Fold() {}

  /// Adds the buckets of a width, milliseconds, that have samples.
  public static void into(Rolled source, long width, Rolled buckets) {
    for (int from = 0; from < source.size(); ) {
      long end = Math.ceilDiv(source.end(from), width) * width;
      int to = from + 1;
      while (to < source.size() && source.end(to) <= end) {
        to++;
      }
      fold(source, from, to, buckets, buckets.add(end));
      from = to;
    }
    histogramsInto(source, width, buckets);
  }

  private static void histogramsInto(Rolled source, long width, Rolled buckets) {
    int count = source.histogramCount();
    for (int at = 0; at < count; ) {
      long end = Math.ceilDiv(source.histogram(at).end(), width) * width;
      Run run = new Run(buckets.parts());
      run.add(source.histogram(at++), false);
      while (at < count && source.histogram(at).end() <= end) {
        run.add(source.histogram(at), Run.isAnew(source.histogram(at - 1), source.histogram(at)));
        at++;
      }
      buckets.add(run.at(end));
    }
  }

  private static void fold(Rolled source, int from, int to, Rolled buckets, int at) {
    double min = source.value(Column.MIN, from);
    double max = source.value(Column.MAX, from);
    double count = 0;
    double lost = 0;
    double sum = 0;
    double rest = 0;
    for (int i = from; i < to; i++) {
      double low = source.value(Column.MIN, i);
      double high = source.value(Column.MAX, i);
      min = low < min || Double.isNaN(min) ? low : min;
      max = high > max || Double.isNaN(max) ? high : max;
      count += source.value(Column.COUNT, i);
      lost += source.value(Column.LOST, i);
      if (i > from && source.value(Column.FIRST, i) < source.value(Column.LAST, i - 1)) {
        lost += source.value(Column.LAST, i - 1);
      }
      // Neumaier's sum: what rounding takes is kept apart.
      double value = source.value(Column.SUM, i);
      double next = sum + value;
      rest += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
    buckets.set(Column.MIN, at, min);
    buckets.set(Column.MAX, at, max);
    buckets.set(Column.COUNT, at, count);
    buckets.set(Column.LOST, at, lost);
    buckets.set(Column.SUM, at, Double.isNaN(rest) ? sum : sum + rest);
    buckets.set(Column.FIRST, at, source.value(Column.FIRST, from));
    buckets.set(Column.FIRST_TIME, at, source.value(Column.FIRST_TIME, from));
    buckets.set(Column.LAST, at, source.value(Column.LAST, to - 1));
    buckets.set(Column.LAST_TIME, at, source.value(Column.LAST_TIME, to - 1));
  }
}
