package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.List;

/// The labels that belong to a metric itself and not to what is computed from it.
final class MetricLabels {
  static final List<String> NAMES = List.of(Labels.NAME, "__type__", "__unit__");

  private MetricLabels() {}

  static boolean is(String name) {
    return name.startsWith("__") && NAMES.contains(name);
  }

  /// The labels of something computed from a series.
  static Labels without(Labels labels) {
    int last = -1;
    int count = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (is(labels.name(i))) {
        last = i;
        count++;
      }
    }
    return count == 0
        ? labels
        : count == 1 ? labels.without(labels.name(last)) : labels.without(NAMES);
  }

  /// Whether two series are of one metric.
  static boolean same(Labels one, Labels other) {
    int i = next(one, 0);
    int j = next(other, 0);
    while (i < one.size() && j < other.size()) {
      if (!one.name(i).equals(other.name(j)) || !one.value(i).equals(other.value(j))) {
        return false;
      }
      i = next(one, i + 1);
      j = next(other, j + 1);
    }
    return i == one.size() && j == other.size();
  }

  private static int next(Labels labels, int from) {
    int i = from;
    while (i < labels.size() && !is(labels.name(i))) {
      i++;
    }
    return i;
  }
}
