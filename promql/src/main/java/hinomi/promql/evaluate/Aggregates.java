package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Aggregation operators: groups the rows of a vector and folds each group into one row, or picks
/// some of its rows.
final class Aggregates {
  private final Evaluator evaluator;
  private final Grid grid;

  Aggregates(Evaluator evaluator, Grid grid) {
    this.evaluator = evaluator;
    this.grid = grid;
  }

  Value evaluate(Expr.Aggregate aggregate) {
    return switch (aggregate.operator()) {
      case COUNT_VALUES -> countValues(aggregate);
      case TOPK, BOTTOMK, LIMITK -> pick(aggregate);
      case LIMIT_RATIO -> limitRatio(aggregate);
      case QUANTILE -> quantile(aggregate);
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> fold(aggregate);
    };
  }

  private Value fold(Expr.Aggregate aggregate) {
    Map<Labels, Fold> groups = new LinkedHashMap<>();
    for (Row row : evaluator.vector(aggregate.inner(), grid).rows()) {
      evaluator.budget().check();
      groups
          .computeIfAbsent(group(aggregate, row.labels()), _ -> newFold(aggregate.operator()))
          .add(row.values());
    }
    List<Row> rows = new ArrayList<>(groups.size());
    groups.forEach((labels, fold) -> rows.add(new Row(labels, fold.result())));
    return new Value.Vector(rows);
  }

  private Fold newFold(Aggregation operator) {
    evaluator.budget().hold(Fold.weight(operator) * grid.count());
    return Fold.of(operator, grid.count());
  }

  private static Labels group(Expr.Aggregate aggregate, Labels labels) {
    return aggregate.without()
        ? labels.without(Labels.NAME).without(aggregate.grouping())
        : labels.only(aggregate.grouping());
  }

  private Map<Labels, List<Row>> grouped(Expr.Aggregate aggregate, List<Row> rows) {
    Map<Labels, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      groups.computeIfAbsent(group(aggregate, row.labels()), _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private Value quantile(Expr.Aggregate aggregate) {
    double[] q = evaluator.scalar(aggregate.parameter(), grid);
    for (double each : q) {
      if (!Quantiles.isValid(each)) {
        evaluator.notes().badQuantile(each, aggregate.parameter().span());
      }
    }
    List<Row> result = new ArrayList<>();
    List<Row> rows = evaluator.vector(aggregate.inner(), grid).rows();
    grouped(aggregate, rows)
        .forEach((labels, members) -> {
          evaluator.budget().check();
          evaluator.budget().hold(grid.count());
          double[] values = Row.absent(grid.count());
          for (int step = 0; step < values.length; step++) {
            double[] present = present(members, step);
            if (present.length > 0) {
              values[step] = Quantiles.of(q[step], present);
            }
          }
          result.add(new Row(labels, values));
        });
    return new Value.Vector(result);
  }

  private static double[] present(List<Row> rows, int step) {
    double[] present = new double[rows.size()];
    int count = 0;
    for (Row row : rows) {
      if (Row.isPresent(row.values()[step])) {
        present[count++] = row.values()[step];
      }
    }
    return Arrays.copyOf(present, count);
  }

  private Value pick(Expr.Aggregate aggregate) {
    double[] k = evaluator.scalar(aggregate.parameter(), grid);
    List<Row> rows = evaluator.vector(aggregate.inner(), grid).rows();
    Ranking ranking = new Ranking(aggregate.operator(), grid, evaluator.budget());
    if (!ranking.any(k)) {
      return new Value.Vector(List.of());
    }
    List<Row> picked = new ArrayList<>();
    for (List<Row> members : grouped(aggregate, rows).values()) {
      picked.addAll(ranking.pick(members, k));
    }
    return new Value.Vector(picked);
  }

  /// Which series are picked depends on their labels alone, so that it stays the same over time.
  private Value limitRatio(Expr.Aggregate aggregate) {
    double[] ratios = ratios(aggregate.parameter());
    List<Row> picked = new ArrayList<>();
    for (Row row : evaluator.vector(aggregate.inner(), grid).rows()) {
      evaluator.budget().check();
      double place = Sampler.place(row.labels());
      double[] values = newRow();
      for (int step = 0; step < values.length; step++) {
        if (Sampler.picks(ratios[step], place)) {
          values[step] = row.values()[step];
        }
      }
      Row kept = new Row(row.labels(), values);
      if (!kept.isEmpty()) {
        picked.add(kept);
      }
    }
    return new Value.Vector(picked);
  }

  private double[] ratios(Expr parameter) {
    double[] ratios = evaluator.scalar(parameter, grid).clone();
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < ratios.length; step++) {
      if (Double.isNaN(ratios[step])) {
        throw new BadInput("Ratio value is NaN");
      }
      most = Math.max(most, ratios[step]);
      least = Math.min(least, ratios[step]);
      ratios[step] = Math.clamp(ratios[step], -1.0, 1.0);
    }
    if (most > 1) {
      evaluator.notes().badRatio(most, 1, parameter.span());
    }
    if (least < -1) {
      evaluator.notes().badRatio(least, -1, parameter.span());
    }
    return ratios;
  }

  private Value countValues(Expr.Aggregate aggregate) {
    String label = aggregate.parameter() instanceof Expr.TextLiteral text ? text.value() : "";
    if (!Quoting.isLabelName(label)) {
      throw new BadInput("invalid label name " + Quoting.quote(label));
    }
    Map<Labels, double[]> counts = new LinkedHashMap<>();
    for (Row row : evaluator.vector(aggregate.inner(), grid).rows()) {
      evaluator.budget().check();
      Labels group = group(aggregate, row.labels());
      for (int step = 0; step < grid.count(); step++) {
        double value = row.values()[step];
        if (Row.isPresent(value)) {
          Labels labels = group.with(label, Numbers.plain(value));
          double[] count = counts.computeIfAbsent(labels, _ -> newRow());
          count[step] = Row.isAbsent(count[step]) ? 1 : count[step] + 1;
        }
      }
    }
    Rows result = new Rows();
    counts.forEach(result::add);
    return result.vector();
  }

  private double[] newRow() {
    evaluator.budget().hold(grid.count());
    return Row.absent(grid.count());
  }
}
