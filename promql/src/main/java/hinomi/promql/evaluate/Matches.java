package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison between two vectors: elements find each other by their signature, one
/// to one or, where asked for, many to one. Works on rows: which element stands for a signature may
/// change from step to step, and a step with two is the user's mistake.
final class Matches {
  private final Operator operator;
  private final boolean bool;
  private final Matching matching;
  private final int steps;
  private final Budget budget;

  Matches(Expr.Binary binary, int steps, Budget budget) {
    this.operator = binary.operator();
    this.bool = binary.bool();
    this.matching = binary.matching();
    this.steps = steps;
    this.budget = budget;
  }

  /// The labels by which an element is matched.
  static Labels signature(Labels labels, Matching matching) {
    return matching.on()
        ? labels.only(matching.labels())
        : labels.without(Labels.NAME).without(matching.labels());
  }

  Value.Vector apply(List<Row> left, List<Row> right) {
    boolean swapped = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
    List<Row> many = swapped ? right : left;
    List<Row> one = swapped ? left : right;
    if (many.isEmpty() || one.isEmpty()) {
      return new Value.Vector(List.of());
    }
    Map<Labels, List<Row>> ones = bySignature(one);
    refuseDoubles(ones, many, swapped ? "left" : "right");
    ones.replaceAll((_, rows) -> joined(rows));
    Rows rows = new Rows();
    Map<Labels, Seen> seen = new HashMap<>();
    for (Row row : many) {
      budget.check();
      Labels signature = signature(row.labels(), matching);
      for (Row partner : ones.getOrDefault(signature, List.of())) {
        Labels labels = resultLabels(row.labels(), partner.labels());
        Seen before =
            seen.computeIfAbsent(
                matching.grouped() ? signature.with(RESULT, labels.toString()) : signature,
                _ -> new Seen(steps));
        rows.add(labels, computed(row, partner, swapped, before));
      }
    }
    return rows.vector();
  }

  /// A name that no label has, for keys of two label sets.
  private static final String RESULT = "\u0000result";

  private Map<Labels, List<Row>> bySignature(List<Row> rows) {
    Map<Labels, List<Row>> groups = new HashMap<>();
    for (Row row : rows) {
      groups.computeIfAbsent(signature(row.labels(), matching), _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /// The one side must be one at every step at which the other side has anything at all.
  private void refuseDoubles(Map<Labels, List<Row>> ones, List<Row> many, String side) {
    for (Map.Entry<Labels, List<Row>> each : ones.entrySet()) {
      List<Row> rows = each.getValue();
      @Nullable Row[] owners = new @Nullable Row[rows.size() > 1 ? steps : 0];
      for (Row row : rows) {
        budget.check();
        for (int i = 0; i < owners.length; i++) {
          if (Row.isPresent(row.values()[i])) {
            Row owner = owners[i];
            if (owner != null && isAnyAt(many, i)) {
              throw doubled(each.getKey(), owner, row, side);
            }
            owners[i] = row;
          }
        }
      }
    }
  }

  private static boolean isAnyAt(List<Row> rows, int step) {
    return rows.stream().anyMatch(row -> Row.isPresent(row.values()[step]));
  }

  private static BadInput doubled(Labels signature, Row a, Row b, String side) {
    String one = Signs.of(a.labels());
    String other = Signs.of(b.labels());
    return new BadInput(
        "found duplicate series for the match group "
            + Signs.of(signature)
            + " on the "
            + side
            + " hand-side of the operation: ["
            + (one.compareTo(other) <= 0 ? one + ", " + other : other + ", " + one)
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  /// Where no label of the one side goes into the result, it does not matter which of its series is
  /// there: they become one.
  private List<Row> joined(List<Row> rows) {
    if (rows.size() < 2 || !matching.include().isEmpty()) {
      return rows;
    }
    double[] values = Row.absent(steps);
    for (Row row : rows) {
      for (int i = 0; i < steps; i++) {
        values[i] = Row.isPresent(row.values()[i]) ? row.values()[i] : values[i];
      }
    }
    return List.of(new Row(rows.getFirst().labels(), values));
  }

  private double[] computed(Row row, Row partner, boolean swapped, Seen seen) {
    budget.hold(steps);
    double[] result = Row.absent(steps);
    boolean filters = operator.isComparison() && !bool;
    for (int i = 0; i < steps; i++) {
      double many = row.values()[i];
      double one = partner.values()[i];
      if (Row.isPresent(many) && Row.isPresent(one)) {
        seen.mark(i, matching.grouped());
        double a = swapped ? one : many;
        double b = swapped ? many : one;
        if (!filters) {
          result[i] = Arithmetic.apply(operator, a, b);
        } else if (Arithmetic.holds(operator, a, b)) {
          result[i] = a;
        }
      }
    }
    return result;
  }

  private Labels resultLabels(Labels many, Labels one) {
    Labels labels = operator.isComparison() && !bool ? many : Rows.withoutMetric(many);
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      return matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels.Builder builder = Labels.builder().setAll(labels);
    matching.include().forEach(name -> builder.set(name, one.get(name)));
    return builder.build();
  }

  /// At which steps a match has been found; a second one is refused even where a comparison drops
  /// it.
  private static final class Seen {
    private final boolean[] steps;

    Seen(int steps) {
      this.steps = new boolean[steps];
    }

    void mark(int step, boolean grouped) {
      if (steps[step]) {
        throw new BadInput(
            grouped
                ? "multiple matches for labels: grouping labels must ensure unique matches"
                : "multiple matches for labels: many-to-one matching must be explicit"
                    + " (group_left/group_right)");
      }
      steps[step] = true;
    }
  }
}
