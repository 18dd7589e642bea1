package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.List;

/// Rows that are there already.
final class Held extends Supply {
  private final List<Row> rows;
  private final int steps;

  Held(List<Row> rows, int steps) {
    this.rows = rows;
    this.steps = steps;
  }

  @Override
  int size() {
    return rows.size();
  }

  @Override
  Labels labels(int i) {
    return rows.get(i).labels();
  }

  @Override
  boolean dropsMetric() {
    return false;
  }

  @Override
  long cost() {
    return (long) rows.size() * steps;
  }

  @Override
  Maker maker(Notes notes) {
    return (i, into) -> into.copy(rows.get(i));
  }
}
