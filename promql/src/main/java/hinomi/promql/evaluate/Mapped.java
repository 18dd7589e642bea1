package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.function.Function;

/// The rows of another supply, each changed by itself.
final class Mapped extends Supply {
  private final Supply inner;
  private final boolean dropsMetric;
  private final Function<Notes, Change> changes;

  /// Changes a row in place. One thread.
  @FunctionalInterface
  interface Change {
    /// @param row which has something
    /// @return whether it still has
    boolean apply(RowBuffer row, Labels labels);
  }

  /// @param inner whose rows are distinct
  Mapped(Supply inner, boolean dropsMetric, Function<Notes, Change> changes) {
    this.inner = inner;
    this.dropsMetric = dropsMetric;
    this.changes = changes;
  }

  @Override
  int size() {
    return inner.size();
  }

  @Override
  Labels labels(int i) {
    return inner.labels(i);
  }

  @Override
  boolean dropsMetric() {
    return dropsMetric || inner.dropsMetric();
  }

  @Override
  long cost() {
    return inner.cost();
  }

  @Override
  boolean isDistinct() {
    return inner.dropsMetric() || super.isDistinct();
  }

  @Override
  Maker maker(Notes notes) {
    Maker make = inner.maker(notes);
    Change change = changes.apply(notes);
    return (i, into) -> make.make(i, into) && change.apply(into, inner.labels(i));
  }
}
