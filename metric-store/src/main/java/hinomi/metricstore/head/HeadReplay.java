package hinomi.metricstore.head;

import hinomi.metricstore.wal.Replayed;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fills a head from its log. Samples whose series is not named yet wait: every name stands in two
/// records, so that when one is damaged the other still comes. One thread.
public final class HeadReplay implements Replayed {
  private static final int MOST_WAITING = 1_000_000;

  private final Head head;
  private final Map<Integer, List<Waiting>> waiting = new HashMap<>();
  private int waitingCount;
  private long lost;

  private record Waiting(long timestamp, long bits) {}

  public HeadReplay(Head head) {
    this.head = head;
  }

  @Override
  public void series(int number, Labels labels) {
    HeadSeries series = head.restore(number, labels);
    series.setNamed(Math.min(2, series.named() + 1));
    List<Waiting> samples = waiting.remove(number);
    if (samples != null) {
      waitingCount -= samples.size();
      for (Waiting sample : samples) {
        head.restore(series, sample.timestamp(), sample.bits());
      }
    }
  }

  @Override
  public void sample(int number, long timestamp, long bits) {
    HeadSeries series = head.byNumber(number);
    if (series != null) {
      head.restore(series, timestamp, bits);
      return;
    }
    head.reserve(number);
    if (waitingCount < MOST_WAITING) {
      waiting.computeIfAbsent(number, _ -> new ArrayList<>()).add(new Waiting(timestamp, bits));
      waitingCount++;
    } else {
      lost++;
    }
  }

  /// Samples whose series was never named: damage took both records.
  public long lost() {
    return lost + waitingCount;
  }
}
