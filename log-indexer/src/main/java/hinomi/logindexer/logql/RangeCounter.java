package hinomi.logindexer.logql;

import hinomi.logindexer.LineVisitor;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Counts lines into steps. A line of time T is in the windows (t − range, t] of the steps t with T
/// ≤ t < T + range: it is added at the first and taken off after the last, so that a line costs the
/// same however long the range. One thread.
final class RangeCounter implements LineVisitor {
  private static final int MAX_SERIES = 2000;
  private static final int MAX_CELLS = 5_000_000;

  private final Expr.Range range;
  private final Steps steps;
  private final BiFunction<Labels, Labels, Labels> key;
  private final Map<Labels, Changes> series = new HashMap<>();

  // Lines of one stream with the same metadata come one after the other.
  private Labels lastStream = Labels.EMPTY;
  private Labels lastMetadata = Labels.EMPTY;
  private Changes last = new Changes(0);

  /// How lines and amount change from step to step.
  private static final class Changes {
    final long[] lines;
    final long[] amount;

    Changes(int steps) {
      lines = new long[steps + 1];
      amount = new long[steps + 1];
    }
  }

  /// @param key a series' labels from a stream's and a line's
  RangeCounter(Expr.Range range, Steps steps, BiFunction<Labels, Labels, Labels> key) {
    this.range = range;
    this.steps = steps;
    this.key = key;
  }

  @Override
  public void line(Labels stream, long timestamp, Labels metadata, int bytes) {
    long time = timestamp + range.offset();
    long first = steps.firstFrom(time);
    long after = Math.min(steps.firstFrom(time + range.range()), steps.count());
    if (first >= after) {
      return;
    }
    long amount =
        switch (range.count()) {
          case COUNT_OVER_TIME, RATE -> 1;
          case BYTES_OVER_TIME, BYTES_RATE -> bytes;
        };
    Changes changes = changes(stream, metadata);
    changes.lines[(int) first]++;
    changes.amount[(int) first] += amount;
    changes.lines[(int) after]--;
    changes.amount[(int) after] -= amount;
  }

  private Changes changes(Labels stream, Labels metadata) {
    if (last.lines.length == 1 || !stream.equals(lastStream) || !metadata.equals(lastMetadata)) {
      last = series.computeIfAbsent(key.apply(stream, metadata), _ -> added());
      lastStream = stream;
      lastMetadata = metadata;
    }
    return last;
  }

  private Changes added() {
    if (series.size() >= MAX_SERIES || series.size() * (long) steps.count() > MAX_CELLS) {
      throw OverLimit.cost(
          "maximum of series ("
              + MAX_SERIES
              + ") reached for a single query; aggregate with sum by (…)");
    }
    return new Changes(steps.count());
  }

  Map<Labels, Row> rows() {
    Map<Labels, Row> rows = new TreeMap<>();
    double divisor =
        switch (range.count()) {
          case COUNT_OVER_TIME, BYTES_OVER_TIME -> 1;
          case RATE, BYTES_RATE -> range.range() / 1e9;
        };
    series.forEach((labels, changes) -> {
      Row row = new Row(steps.count());
      long lines = 0;
      long amount = 0;
      for (int i = 0; i < steps.count(); i++) {
        lines += changes.lines[i];
        amount += changes.amount[i];
        if (lines > 0) {
          row.set(i, amount / divisor);
        }
      }
      rows.put(labels, row);
    });
    return rows;
  }
}
