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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    check(query);
    long timestamp = at.toEpochMilli();
    Steps steps = Steps.at(LineLimits.nanos(at));
    return switch (new Evaluator(index::scan, steps).evaluate(Parser.parse(query))) {
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
}
