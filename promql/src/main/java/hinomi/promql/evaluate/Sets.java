package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or`, `unless`: whole elements of one vector, depending on which labels the other one has
/// at the same step.
final class Sets {
  private Sets() {}

  static Value.Vector apply(Expr.Binary binary, List<Row> left, List<Row> right, int steps) {
    Matching matching = binary.matching();
    Rows rows = new Rows();
    switch (binary.operator()) {
      case AND -> filter(rows, left, presence(right, matching, steps), matching, true);
      case UNLESS -> filter(rows, left, presence(right, matching, steps), matching, false);
      case OR -> {
        left.forEach(rows::add);
        filter(rows, right, presence(left, matching, steps), matching, false);
      }
      default -> throw new IllegalStateException("BUG: no set operator: " + binary.operator());
    }
    return rows.vector();
  }

  /// At which steps each signature is there.
  private static Map<Labels, boolean[]> presence(List<Row> rows, Matching matching, int steps) {
    Map<Labels, boolean[]> presence = new HashMap<>();
    MatchKey key = new MatchKey(matching);
    for (Row row : rows) {
      boolean[] present = presence.computeIfAbsent(key.of(row.labels()), _ -> new boolean[steps]);
      for (int i = 0; i < steps; i++) {
        present[i] |= row.has(i);
      }
    }
    return presence;
  }

  /// Keeps values of rows where the other side is there, or where it is not.
  private static void filter(
      Rows result,
      List<Row> rows,
      Map<Labels, boolean[]> other,
      Matching matching,
      boolean whereThere) {
    MatchKey key = new MatchKey(matching);
    for (Row row : rows) {
      boolean[] there = other.get(key.of(row.labels()));
      if (there == null) {
        if (!whereThere) {
          result.add(row);
        }
        continue;
      }
      boolean[] kept = new boolean[there.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = there[i] == whereThere;
      }
      result.add(row.where(kept));
    }
  }
}
