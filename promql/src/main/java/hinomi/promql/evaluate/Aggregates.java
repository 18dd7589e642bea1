package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import hinomi.promql.parse.ShownHistogram;
import hinomi.promql.parse.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Aggregation operators: folds the rows of each group into one as they are made, or picks some of
/// a group's rows.
final class Aggregates {
  private final Evaluator evaluator;
  private final Naming naming;
  private final Grid grid;

  Aggregates(Evaluator evaluator, Grid grid) {
    this.evaluator = evaluator;
    this.naming = evaluator.naming();
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
    Supply supply = evaluator.supply(aggregate.inner(), grid);
    Shares shares = new Shares(supply, evaluator);
    Folds[] folds = new Folds[shares.count()];
    shares.run(
        grid.count(),
        share -> {
          Folds own = new Folds(aggregate, supply, share.notes());
          folds[share.number()] = own;
          share.forEach((i, row) -> {
            Labels shown = row.hasHistograms() ? naming.of(supply, i) : supply.labels(i);
            long room = own.of(supply.labels(i)).add(row, shown);
            if (room > 0) {
              evaluator.budget().hold(room);
            }
          });
        });
    for (int i = 1; i < folds.length; i++) {
      evaluator.budget().check();
      folds[0].merge(folds[i]);
    }
    return folds[0].result();
  }

  /// The groups of one share of the rows.
  private final class Folds {
    private final Expr.Aggregate aggregate;
    private final Grouping grouping;
    private final Notes notes;
    private final List<Fold> folds = new ArrayList<>();

    /// Of which groups the metric's labels have to go at the end.
    private final BitSet marked = new BitSet();

    /// Whether all rows have lost their metric's labels, though they wait for the end.
    private final boolean marksAll;

    Folds(Expr.Aggregate aggregate, Supply supply, Notes notes) {
      this.aggregate = aggregate;
      this.marksAll = supply.dropsMetric() && naming.delayed();
      this.grouping = new Grouping(aggregate, supply.dropsMetric() && !naming.delayed());
      this.notes = notes;
    }

    Fold of(Labels labels) {
      int group = grouping.of(labels);
      if (group == folds.size()) {
        evaluator.budget().hold(Fold.weight(aggregate.operator()) * grid.count());
        folds.add(Fold.of(aggregate, grid.count(), notes));
      }
      if (marksAll || naming.isMarked(labels)) {
        marked.set(group);
      }
      return folds.get(group);
    }

    void merge(Folds other) {
      for (int i = 0; i < other.folds.size(); i++) {
        int group = grouping.of(other.grouping.labels(i));
        marked.set(group, marked.get(group) || other.marked.get(i));
        if (group == folds.size()) {
          folds.add(other.folds.get(i));
        } else {
          folds.get(group).merge(other.folds.get(i));
        }
      }
    }

    Value.Vector result() {
      List<Row> rows = new ArrayList<>(folds.size());
      for (int i = 0; i < folds.size(); i++) {
        Labels labels = grouping.labels(i);
        Row row =
            folds.get(i).row(marked.get(i) ? Naming.marked(labels) : labels, evaluator.notes());
        if (!row.isEmpty()) {
          rows.add(row);
        }
      }
      return new Value.Vector(rows);
    }
  }

  /// The members of each group.
  private static Map<Labels, List<Row>> grouped(Expr.Aggregate aggregate, List<Row> rows) {
    Grouping grouping = new Grouping(aggregate, false);
    Map<Labels, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      Labels group = grouping.labels(grouping.of(row.labels()));
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(row);
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
    sayIgnored(aggregate, rows, aggregate.inner().span());
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
          boolean marked = members.stream().anyMatch(each -> naming.isMarked(each.labels()));
          Row row = new Row(marked ? Naming.marked(labels) : labels, values);
          if (!row.isEmpty()) {
            result.add(row);
          }
        });
    return new Value.Vector(result);
  }

  /// Remarks on histograms that the operator does not look at.
  private void sayIgnored(Expr.Aggregate aggregate, List<Row> rows, Span span) {
    for (Row row : rows) {
      if (row.histograms() != null) {
        evaluator.notes().histogramsIgnored(aggregate.operator(), span);
      }
    }
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
    if (aggregate.operator() != Aggregation.LIMITK) {
      sayIgnored(aggregate, rows, aggregate.span());
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
      double place = Sampler.place(Naming.plain(row.labels()));
      boolean[] picks = new boolean[ratios.length];
      for (int step = 0; step < picks.length; step++) {
        picks[step] = Sampler.picks(ratios[step], place);
      }
      evaluator.budget().hold(grid.count());
      Row kept = row.where(picks);
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
    Grouping grouping = new Grouping(aggregate, false);
    for (Row row : evaluator.vector(aggregate.inner(), grid).rows()) {
      evaluator.budget().check();
      Labels bare = grouping.labels(grouping.of(row.labels()));
      Labels group = naming.isMarked(row.labels()) ? Naming.marked(bare) : bare;
      for (int step = 0; step < grid.count(); step++) {
        Histogram histogram = row.histogram(step);
        if (row.has(step)) {
          Labels labels =
              group.with(
                  label,
                  histogram == null
                      ? Numbers.plain(row.values()[step])
                      : ShownHistogram.text(histogram));
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
