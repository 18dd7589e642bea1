package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the rows of a vector, in order. Rows with the same labels become one when no step has
/// both; a step that has both is the user's mistake.
final class Rows {
  /// Labels that belong to the metric itself and not to what is computed from it.
  private static final List<String> METRIC = List.of(Labels.NAME, "__type__", "__unit__");

  private final Map<Labels, double[]> rows = new LinkedHashMap<>();

  void add(Labels labels, double[] values) {
    double[] there = rows.putIfAbsent(labels, values);
    if (there != null) {
      rows.put(labels, merged(there, values));
    }
  }

  private static double[] merged(double[] one, double[] other) {
    double[] merged = one.clone();
    for (int i = 0; i < merged.length; i++) {
      if (Row.isPresent(other[i])) {
        if (Row.isPresent(merged[i])) {
          throw new BadInput("vector cannot contain metrics with the same labelset");
        }
        merged[i] = other[i];
      }
    }
    return merged;
  }

  /// The vector, without rows that have no value at all.
  Value.Vector vector() {
    List<Row> list = new ArrayList<>(rows.size());
    rows.forEach((labels, values) -> {
      Row row = new Row(labels, values);
      if (!row.isEmpty()) {
        list.add(row);
      }
    });
    return new Value.Vector(list);
  }

  /// The labels of something computed from a series.
  static Labels withoutMetric(Labels labels) {
    for (String name : METRIC) {
      if (labels.has(name)) {
        return labels.without(METRIC);
      }
    }
    return labels;
  }
}
