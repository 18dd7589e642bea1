package hinomi.logindexer;

import hinomi.logindexer.accept.LineLimits;
import hinomi.logindexer.logql.Evaluator;
import hinomi.logindexer.logql.Expr;
import hinomi.logindexer.logql.Parser;
import hinomi.logindexer.logql.Row;
import hinomi.logindexer.logql.Steps;
import hinomi.logindexer.logql.Value;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Numbers from lines: LogQL metric queries at an instant, for rules. Any thread; blocks.
public final class LogMetrics {
  private final LogIndex index;

  public LogMetrics(LogIndex index) {
    this.index = index;
  }

  /// Refuses what is no metric query: a [BadInput] with the offset of the mistake.
  public static void check(String query) {
    if (Parser.parse(query) instanceof Expr.Logs) {
      throw new BadInput("this finds lines and no number; count them: count_over_time(… [5m])", 0);
    }
  }

  /// The series that have a value at a time; a number alone is one without labels.
  public List<Sample> vector(String query, Instant at) {
    long timestamp = at.toEpochMilli();
    return switch (value(query, Steps.at(LineLimits.nanos(at)))) {
      case Value.Constant(double value) -> List.of(new Sample(Labels.EMPTY, timestamp, value));
      case Value.Rows(Map<Labels, Row> rows) -> {
        List<Sample> samples = new ArrayList<>();
        rows.forEach((labels, row) -> {
          if (row.has(0)) {
            samples.add(new Sample(labels, timestamp, row.value(0)));
          }
        });
        yield samples;
      }
    };
  }

  /// The same at `from` and then every `stepMillis` up to and including `to`, for replays.
  public List<Series> rows(String query, Instant from, Instant to, long stepMillis) {
    long step = TimeUnit.MILLISECONDS.toNanos(stepMillis);
    Steps steps = Steps.between(LineLimits.nanos(from), LineLimits.nanos(to), step);
    return switch (value(query, steps)) {
      case Value.Constant(double value) ->
          List.of(series(Labels.EMPTY, steps, _ -> true, _ -> value));
      case Value.Rows(Map<Labels, Row> rows) -> {
        List<Series> all = new ArrayList<>();
        rows.forEach((labels, row) -> all.add(series(labels, steps, row::has, row::value)));
        yield all;
      }
    };
  }

  private Value value(String query, Steps steps) {
    check(query);
    return new Evaluator(index::scan, steps).evaluate(Parser.parse(query));
  }

  private static Series series(
      Labels labels, Steps steps, IntPredicate present, IntToDoubleFunction value) {
    int[] there = IntStream.range(0, steps.count()).filter(present).toArray();
    return new Series(
        labels,
        Arrays.stream(there).mapToLong(i -> TimeUnit.NANOSECONDS.toMillis(steps.time(i))).toArray(),
        Arrays.stream(there).mapToDouble(value).toArray());
  }
}
