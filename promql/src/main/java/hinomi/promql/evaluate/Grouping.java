package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Numbers the groups of an aggregation in the order in which they are met. With `by`, a group is
/// found by the values of its labels, without making a label set for each row. One thread.
final class Grouping {
  private static final int NONE = -1;

  private final boolean without;
  private final String[] names;
  private final List<Labels> groups = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<String[]> values = new ArrayList<>();
  private final String[] wanted;

  /// Open addressing: numbers of groups, or [#NONE].
  private int[] table = new int[16];

  /// @param dropsMetric whether the rows have lost their metric's labels, whatever labels they come
  ///   with
  Grouping(Expr.Aggregate aggregate, boolean dropsMetric) {
    this.without = aggregate.without();
    TreeSet<String> all = new TreeSet<>(aggregate.grouping());
    if (without) {
      all.add(Labels.NAME);
      all.add(Naming.MARK);
    }
    if (dropsMetric && without) {
      all.addAll(MetricLabels.NAMES);
    } else if (dropsMetric) {
      MetricLabels.NAMES.forEach(all::remove);
    }
    this.names = all.toArray(String[]::new);
    this.wanted = new String[names.length];
    Arrays.fill(table, NONE);
  }

  /// The number of a row's group.
  int of(Labels labels) {
    return without ? byLabels(labels.without(Arrays.asList(names))) : byValues(labels);
  }

  private int byLabels(Labels group) {
    Integer number = numbers.putIfAbsent(group, groups.size());
    if (number == null) {
      groups.add(group);
      return groups.size() - 1;
    }
    return number;
  }

  private int byValues(Labels labels) {
    int hash = 0;
    for (int i = 0; i < names.length; i++) {
      wanted[i] = labels.get(names[i]);
      hash = 31 * hash + wanted[i].hashCode();
    }
    int at = slot(hash);
    while (table[at] != NONE && !Arrays.equals(values.get(table[at]), wanted)) {
      at = at + 1 & table.length - 1;
    }
    if (table[at] == NONE) {
      table[at] = groups.size();
      values.add(wanted.clone());
      groups.add(labels.only(Arrays.asList(names)));
      growIfFull();
      return groups.size() - 1;
    }
    return table[at];
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & table.length - 1;
  }

  private void growIfFull() {
    if (2 * groups.size() < table.length) {
      return;
    }
    table = new int[2 * table.length];
    Arrays.fill(table, NONE);
    for (int group = 0; group < values.size(); group++) {
      int hash = 0;
      for (String value : values.get(group)) {
        hash = 31 * hash + value.hashCode();
      }
      int at = slot(hash);
      while (table[at] != NONE) {
        at = at + 1 & table.length - 1;
      }
      table[at] = group;
    }
  }

  int count() {
    return groups.size();
  }

  Labels labels(int group) {
    return groups.get(group);
  }
}
