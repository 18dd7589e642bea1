package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.List;

/// When the labels of a metric leave what is computed from it: at once, or, with Prometheus'
/// `promql-delayed-name-removal`, when the whole query is done. Until then a mark among the labels
/// says that they have to go.
///
/// @param delayed whether they wait for the end
record Naming(boolean delayed) {
  /// A name that no label of a series has, for it is no character.
  static final String MARK = "\uFFFF";

  /// The labels of something computed from a series.
  Labels computed(Labels labels) {
    return delayed ? marked(labels) : MetricLabels.without(labels);
  }

  /// The labels of a supply's row.
  Labels of(Supply supply, int i) {
    return supply.dropsMetric() ? computed(supply.labels(i)) : supply.labels(i);
  }

  static Labels marked(Labels labels) {
    return labels.with(MARK, MARK);
  }

  boolean isMarked(Labels labels) {
    return delayed && labels.has(MARK);
  }

  /// Labels as they may be shown and compared with those of others.
  static Labels plain(Labels labels) {
    return labels.without(MARK);
  }

  Labels finished(Labels labels) {
    return isMarked(labels) ? MetricLabels.without(plain(labels)) : labels;
  }

  /// A whole answer, where the metric's labels are gone. Rows that have the same labels now become
  /// one; a step that has both is the user's mistake.
  Value finished(Value value) {
    if (!delayed || !(value instanceof Value.Vector vector)) {
      return value;
    }
    List<Row> rows = new ArrayList<>();
    Rows merged = new Rows();
    boolean any = false;
    for (Row row : vector.rows()) {
      any |= isMarked(row.labels());
      rows.add(row.with(finished(row.labels())));
    }
    if (!any) {
      return value;
    }
    rows.forEach(merged::add);
    return merged.vector();
  }
}
