package hinomi.logindexer.logql;

import hinomi.logindexer.LineVisitor;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.LogQuery.Direction;
import hinomi.logindexer.logql.Expr.Aggregator;
import hinomi.logindexer.logql.Expr.Grouping;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Evaluates metric queries step by step; the lines are read once for all steps. One thread.
public final class Evaluator {
  /// Where the lines come from.
  @FunctionalInterface
  public interface Lines {
    void scan(LogQuery query, LineVisitor visitor);
  }

  private final Lines lines;
  private final Steps steps;

  public Evaluator(Lines lines, Steps steps) {
    this.lines = lines;
    this.steps = steps;
  }

  public Value evaluate(Expr expr) {
    return switch (expr) {
      case Expr.Logs _ -> throw new BadInput("a log query has no numeric value");
      case Expr.Scalar(double value) -> new Value.Constant(value);
      case Expr.Vector(double value) -> new Value.Rows(constant(value));
      case Expr.Range range -> new Value.Rows(count(range, Evaluator::all));
      case Expr.Aggregate aggregate -> new Value.Rows(aggregate(aggregate));
      case Expr.Binary(var operator, boolean bool, Expr left, Expr right) ->
          new Arithmetic(operator, bool, steps).apply(evaluate(left), evaluate(right));
    };
  }

  private Map<Labels, Row> constant(double value) {
    Row row = new Row(steps.count());
    for (int i = 0; i < steps.count(); i++) {
      row.set(i, value);
    }
    return Map.of(Labels.EMPTY, row);
  }

  private Map<Labels, Row> count(Expr.Range range, BiFunction<Labels, Labels, Labels> key) {
    RangeCounter counter = new RangeCounter(range, steps, key);
    long from = steps.start() - range.offset() - range.range() + 1;
    long to = steps.end() - range.offset() + 1;
    lines.scan(range.logs().query(from, to, 1, Direction.FORWARD), counter);
    return counter.rows();
  }

  /// A series' labels are the stream's and the line's metadata together.
  private static Labels all(Labels stream, Labels metadata) {
    return metadata.isEmpty() ? stream : Labels.builder().setAll(stream).setAll(metadata).build();
  }

  private Map<Labels, Row> aggregate(Expr.Aggregate aggregate) {
    Grouping grouping = aggregate.grouping();
    // Sums of counts are counted group by group: metadata such as a trace id would make a series
    // of each line.
    if (aggregate.aggregator() == Aggregator.SUM && aggregate.inner() instanceof Expr.Range range) {
      return count(range, (stream, metadata) -> group(grouping, stream, metadata));
    }
    if (!(evaluate(aggregate.inner()) instanceof Value.Rows(Map<Labels, Row> rows))) {
      throw new BadInput("cannot aggregate a number");
    }
    Map<Labels, List<Map.Entry<Labels, Row>>> groups = new TreeMap<>();
    for (Map.Entry<Labels, Row> each : rows.entrySet()) {
      groups
          .computeIfAbsent(group(grouping, each.getKey(), Labels.EMPTY), _ -> new ArrayList<>())
          .add(each);
    }
    Map<Labels, Row> result = new TreeMap<>();
    groups.forEach((labels, members) -> {
      switch (aggregate.aggregator()) {
        case TOPK, BOTTOMK -> result.putAll(best(aggregate, members));
        case SUM, AVG, MIN, MAX, COUNT ->
            result.put(labels, reduced(aggregate.aggregator(), members));
      }
    });
    return result;
  }

  private static Labels group(Grouping grouping, Labels stream, Labels metadata) {
    if (!grouping.by()) {
      return all(stream, metadata).without(grouping.names());
    }
    Labels.Builder labels = Labels.builder();
    for (String name : grouping.names()) {
      String value = metadata.has(name) ? metadata.get(name) : stream.get(name);
      if (value.isEmpty() && name.equals(Levels.LABEL)) {
        value = Levels.detect(stream, metadata);
      }
      labels.set(name, value);
    }
    return labels.build();
  }

  private Row reduced(Aggregator aggregator, List<Map.Entry<Labels, Row>> members) {
    Row result = new Row(steps.count());
    for (int i = 0; i < steps.count(); i++) {
      int step = i;
      double[] values =
          members.stream()
              .map(Map.Entry::getValue)
              .filter(row -> row.has(step))
              .mapToDouble(row -> row.value(step))
              .toArray();
      if (values.length > 0) {
        result.set(i, reduced(aggregator, values));
      }
    }
    return result;
  }

  private static double reduced(Aggregator aggregator, double[] values) {
    double sum = 0;
    double min = values[0];
    double max = values[0];
    for (double value : values) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return switch (aggregator) {
      case SUM -> sum;
      case AVG -> sum / values.length;
      case MIN -> min;
      case MAX -> max;
      case COUNT -> values.length;
      case TOPK, BOTTOMK -> throw new IllegalStateException("BUG: not a reduction");
    };
  }

  /// Step by step the k largest, or smallest, under their own labels.
  private Map<Labels, Row> best(Expr.Aggregate aggregate, List<Map.Entry<Labels, Row>> members) {
    Map<Labels, Row> result = new TreeMap<>();
    int sign = aggregate.aggregator() == Aggregator.TOPK ? -1 : 1;
    for (int i = 0; i < steps.count(); i++) {
      int step = i;
      members.stream()
          .filter(each -> each.getValue().has(step))
          .sorted(
              (a, b) -> sign * Double.compare(a.getValue().value(step), b.getValue().value(step)))
          .limit(aggregate.parameter())
          .forEach(each ->
              result
                  .computeIfAbsent(each.getKey(), _ -> new Row(steps.count()))
                  .set(step, each.getValue().value(step)));
    }
    return result;
  }
}
