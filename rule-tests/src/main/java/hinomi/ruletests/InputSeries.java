package hinomi.ruletests;

import hinomi.model.Labels;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.Point;
import hinomi.promql.notation.SeriesLine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The series of a test, handed over as their time comes, so that no rule sees what is still to be.
/// One thread.
final class InputSeries {
  private final MemorySeries into;
  private final long start;
  private final long step;
  private final Map<Labels, List<Optional<Point>>> values = new LinkedHashMap<>();
  private final int longest;
  private int next;

  /// Of a series that is written twice, the last counts.
  InputSeries(MemorySeries into, RuleWorld.Contents contents) {
    this.into = into;
    this.start = contents.start().toEpochMilli();
    this.step = contents.interval().toMillis();
    for (SeriesLine line : contents.series()) {
      values.put(line.labels(), line.values());
    }
    this.longest = values.values().stream().mapToInt(List::size).max().orElse(0);
  }

  void until(Instant now) {
    while (next < longest && start + next * step <= now.toEpochMilli()) {
      long time = start + next * step;
      values.forEach((labels, series) -> {
        if (next < series.size()) {
          series.get(next).ifPresent(point -> add(labels, time, point));
        }
      });
      next++;
    }
  }

  /// What a rule has stored at that time stays.
  private void add(Labels labels, long time, Point point) {
    MemorySeries.Taken _ =
        switch (point) {
          case Point.Plain number -> into.add(labels, time, number.value());
          case Point.Native one -> into.add(labels, time, one.histogram());
        };
  }
}
