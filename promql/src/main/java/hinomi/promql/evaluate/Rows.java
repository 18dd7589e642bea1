package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the rows of a vector, in order. Rows with the same labels become one when no step has
/// both; a step that has both is the user's mistake.
final class Rows {
  private final Map<Labels, Row> rows = new LinkedHashMap<>();

  void add(Row row) {
    Row there = rows.putIfAbsent(row.labels(), row);
    if (there != null) {
      rows.put(row.labels(), merged(there, row));
    }
  }

  void add(Labels labels, double[] values) {
    add(new Row(labels, values));
  }

  private static Row merged(Row one, Row other) {
    double[] values = one.values().clone();
    @Nullable Histogram[] histograms = null;
    if (one.histograms() != null || other.histograms() != null) {
      histograms = new @Nullable Histogram[values.length];
    }
    for (int i = 0; i < values.length; i++) {
      if (one.has(i) && other.has(i)) {
        throw new BadInput("vector cannot contain metrics with the same labelset");
      }
      if (Row.isPresent(other.values()[i])) {
        values[i] = other.values()[i];
      }
      if (histograms != null) {
        histograms[i] = one.histogram(i) != null ? one.histogram(i) : other.histogram(i);
      }
    }
    return new Row(one.labels(), values, histograms);
  }

  /// The vector, without rows that have no value at all.
  Value.Vector vector() {
    List<Row> list = new ArrayList<>(rows.size());
    for (Row row : rows.values()) {
      if (!row.isEmpty()) {
        list.add(row);
      }
    }
    return new Value.Vector(list);
  }
}
