package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import java.util.Arrays;

/// Folds the rows of one group into one, row by row, so that no more than the group's own state is
/// held; two folds of parts of a group become one. Sums and means carry Kahan's correction, as
/// Prometheus' do. One thread at a time.
abstract class Fold {
  /// At which steps there is a result.
  final boolean[] seen;

  private final Expr.Aggregate aggregate;
  private final Notes notes;

  Fold(Expr.Aggregate aggregate, int steps, Notes notes) {
    this.aggregate = aggregate;
    this.notes = notes;
    this.seen = new boolean[steps];
  }

  static Fold of(Expr.Aggregate aggregate, int steps, Notes notes) {
    return switch (aggregate.operator()) {
      case SUM -> new SumFold(aggregate, steps, notes);
      case AVG -> new MeanFold(aggregate, steps, notes);
      case STDDEV, STDVAR -> new SpreadFold(aggregate, steps, notes);
      case COUNT, GROUP -> new CountFold(aggregate, steps, notes);
      case MIN, MAX -> new ExtremeFold(aggregate, steps, notes);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES, QUANTILE ->
          throw new IllegalStateException("BUG: " + aggregate.operator() + " folds nothing");
    };
  }

  /// The numbers that a group holds for each step.
  static long weight(Aggregation operator) {
    return switch (operator) {
      case SUM -> 3;
      case AVG -> 4;
      case STDDEV, STDVAR -> 9;
      case COUNT, GROUP, MIN, MAX, TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES, QUANTILE -> 2;
    };
  }

  /// @param labels of the row, at least where it has histograms
  /// @return the room newly taken for histograms, in samples
  final long add(RowBuffer row, Labels labels) {
    if (row.isDense()) {
      Arrays.fill(seen, true);
      addAll(row.values());
      return 0;
    }
    long room = 0;
    double[] values = row.values();
    for (int step = 0; step < values.length; step++) {
      Histogram histogram = row.histogram(step);
      if (Row.isPresent(values[step])) {
        seen[step] = true;
        add(step, values[step]);
      } else if (histogram != null) {
        room += add(step, histogram, labels);
      }
    }
    return room;
  }

  /// Adds a number at every step.
  void addAll(double[] values) {
    for (int step = 0; step < values.length; step++) {
      add(step, values[step]);
    }
  }

  abstract void add(int step, double value);

  /// Unless an operator knows better, histograms do not count, which is said.
  ///
  /// @return the room newly taken, in samples
  long add(int step, Histogram histogram, Labels labels) {
    notes.histogramsIgnored(aggregate.operator(), aggregate.inner().span());
    return 0;
  }

  /// Takes in what another fold of the same operator has seen.
  abstract void merge(Fold other);

  /// The result at a step that was seen.
  abstract double result(int step);

  /// @param notes for what there is to say about the result
  Row row(Labels labels, Notes notes) {
    double[] values = new double[seen.length];
    for (int step = 0; step < values.length; step++) {
      values[step] = seen[step] ? result(step) : Row.ABSENT;
    }
    return new Row(labels, values);
  }

  final void mergeSeen(Fold other) {
    for (int step = 0; step < seen.length; step++) {
      seen[step] |= other.seen[step];
    }
  }

  static IllegalStateException otherKind() {
    return new IllegalStateException("BUG: folds of two operators in one group");
  }
}
