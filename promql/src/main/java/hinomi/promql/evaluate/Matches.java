package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Fill;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arithmetic and comparison between two vectors: elements find each other by their signature, one
/// to one or, where asked for, many to one. Works on rows: which element stands for a signature may
/// change from step to step, and a step with two is the user's mistake.
final class Matches {
  private final Operator operator;
  private final boolean bool;
  private final Matching matching;
  private final MatchKey key;
  private final int steps;
  private final Budget budget;
  private final Operands operands;
  private final Naming naming;

  Matches(Expr.Binary binary, int steps, Evaluator evaluator) {
    this.operator = binary.operator();
    this.bool = binary.bool();
    this.matching = binary.matching();
    this.steps = steps;
    this.budget = evaluator.budget();
    this.naming = evaluator.naming();
    this.key = new MatchKey(matching);
    this.operands = new Operands(binary, evaluator.notes());
  }

  Value.Vector apply(List<Row> left, List<Row> right) {
    boolean swapped = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
    List<Row> many = swapped ? right : left;
    List<Row> one = swapped ? left : right;
    Fill fill = matching.fill();
    if ((many.isEmpty() || one.isEmpty()) && !fill.any()) {
      return new Value.Vector(List.of());
    }
    Map<Labels, List<Row>> ones = bySignature(one);
    refuseDoubles(ones, many, swapped ? "left" : "right");
    ones.replaceAll((_, rows) -> joined(rows));
    Rows rows = new Rows();
    Pairing pairing = new Pairing(swapped, rows);
    pairing.pair(many, ones);
    // As in Prometheus, where `group_right` swaps the sides, it does not swap these.
    if (fill.right()) {
      Set<Labels> asked = bySignature(many).keySet();
      pairing.pair(many, Fills.standIns(asked, ones, fill.rightValue(), steps));
    }
    if (fill.left()) {
      Map<Labels, List<Row>> groups = bySignature(many);
      Map<Labels, List<Row>> standIns =
          Fills.standIns(ones.keySet(), groups, fill.leftValue(), steps);
      standIns.values().forEach(each -> pairing.pair(each, ones));
    }
    return rows.vector();
  }

  /// Finds each element its partner and computes both. One for a whole operation, for what is found
  /// may be found only once.
  private final class Pairing {
    private final boolean swapped;
    private final Rows result;
    private final Map<Match, Seen> seen = new HashMap<>();
    private final RowBuffer buffer = new RowBuffer(steps);

    Pairing(boolean swapped, Rows result) {
      this.swapped = swapped;
      this.result = result;
    }

    void pair(List<Row> many, Map<Labels, List<Row>> ones) {
      for (Row row : many) {
        budget.check();
        Labels signature = key.of(row.labels());
        for (Row partner : ones.getOrDefault(signature, List.of())) {
          Labels labels = resultLabels(row.labels(), partner.labels());
          Match match = new Match(signature, matching.grouped() ? labels : Labels.EMPTY);
          Seen before = seen.computeIfAbsent(match, _ -> new Seen(steps));
          budget.hold(steps);
          if (computed(row, partner, swapped, before, buffer)) {
            budget.hold(buffer.weight() - steps);
            result.add(buffer.take(labels));
          }
        }
      }
    }
  }

  /// What may be found once a step.
  ///
  /// @param result of a grouped match its labels, of others nothing
  private record Match(Labels signature, Labels result) {}

  private Map<Labels, List<Row>> bySignature(List<Row> rows) {
    Map<Labels, List<Row>> groups = new HashMap<>();
    for (Row row : rows) {
      groups.computeIfAbsent(key.of(row.labels()), _ -> new ArrayList<>(1)).add(row);
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
          if (row.has(i)) {
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
    return rows.stream().anyMatch(row -> row.has(step));
  }

  private static BadInput doubled(Labels signature, Row a, Row b, String side) {
    String one = Signs.of(Naming.plain(a.labels()));
    String other = Signs.of(Naming.plain(b.labels()));
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
    RowBuffer joined = new RowBuffer(steps);
    joined.clear();
    for (Row row : rows) {
      for (int i = 0; i < steps; i++) {
        Histogram histogram = row.histogram(i);
        if (histogram != null) {
          joined.set(i, histogram);
        } else if (Row.isPresent(row.values()[i])) {
          joined.set(i, row.values()[i]);
        }
      }
    }
    joined.doneMixed();
    return List.of(joined.take(rows.getFirst().labels()));
  }

  private boolean computed(Row row, Row partner, boolean swapped, Seen seen, RowBuffer into) {
    if (row.histograms() != null || partner.histograms() != null || operator.isTrim()) {
      return mixed(row, partner, swapped, seen, into);
    }
    double[] result = into.values();
    boolean filters = operator.isComparison() && !bool;
    int present = 0;
    for (int i = 0; i < steps; i++) {
      double many = row.values()[i];
      double one = partner.values()[i];
      result[i] = Row.ABSENT;
      if (Row.isPresent(many) && Row.isPresent(one)) {
        seen.mark(i, matching.grouped());
        double a = swapped ? one : many;
        double b = swapped ? many : one;
        if (!filters) {
          result[i] = Arithmetic.apply(operator, a, b);
          present++;
        } else if (Arithmetic.holds(operator, a, b)) {
          result[i] = a;
          present++;
        }
      }
    }
    return into.done(present);
  }

  private boolean mixed(Row row, Row partner, boolean swapped, Seen seen, RowBuffer into) {
    into.clear();
    for (int i = 0; i < steps; i++) {
      if (row.has(i) && partner.has(i)) {
        seen.mark(i, matching.grouped());
        Operands.Operand many = new Operands.Operand(row.values()[i], row.histogram(i));
        Operands.Operand one = new Operands.Operand(partner.values()[i], partner.histogram(i));
        Operands.Operand left = swapped ? one : many;
        operands.apply(left, swapped ? many : one, left, into, i);
      }
    }
    return into.doneMixed();
  }

  private Labels resultLabels(Labels many, Labels one) {
    Labels labels = many;
    if (!operator.isComparison() && !operator.isTrim()) {
      labels = MetricLabels.without(Naming.plain(many));
    } else if (bool) {
      labels = naming.computed(many);
    }
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      return matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels result = labels;
    for (String name : matching.include()) {
      result = result.with(name, one.get(name));
    }
    return result;
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
