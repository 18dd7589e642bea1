package hinomi.promql.evaluate;

import hinomi.model.Labels;

/// The rows of a vector before they are made. Each is made when somebody asks for it, by any of
/// several workers, so that an aggregation never holds more rows than it has workers.
abstract class Supply {
  private boolean knownDistinct;

  /// Makes rows, with buffers of its own. One thread.
  @FunctionalInterface
  interface Maker {
    /// @return whether the row has anything at any step
    boolean make(int i, RowBuffer into);
  }

  /// How many rows at most.
  abstract int size();

  /// The labels of row `i`; see [#dropsMetric] and [Naming#of].
  abstract Labels labels(int i);

  /// Whether the rows have lost the labels of their metric, which [#labels] still has: to take them
  /// off is left to whom it matters.
  abstract boolean dropsMetric();

  /// How many samples have to be read and values computed for all rows, about.
  abstract long cost();

  /// Whether rows are seldom empty, since each stands for a series that has samples near the steps.
  boolean isFull() {
    return false;
  }

  /// @param notes of this maker alone
  abstract Maker maker(Notes notes);

  /// Whether no two rows can have the same labels, though they lost their metric's.
  boolean isDistinct() {
    if (!knownDistinct && dropsMetric()) {
      for (int i = 1; i < size(); i++) {
        if (!MetricLabels.same(labels(0), labels(i))) {
          return false;
        }
      }
    }
    knownDistinct = true;
    return true;
  }
}
