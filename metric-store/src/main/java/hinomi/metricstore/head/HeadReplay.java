package hinomi.metricstore.head;

import hinomi.metricstore.wal.Replayed;
import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Fills a head from its log. Samples whose series is not named yet wait: every name stands in two
/// records, so that when one is damaged the other still comes. One thread.
public final class HeadReplay implements Replayed {
  private static final int MOST_WAITING = 1_000_000;

  private final Head head;
  private final Beside beside;
  private final RestoredNames names;
  private final Map<Integer, List<Consumer<HeadSeries>>> waiting = new HashMap<>();
  private int waitingCount;
  private long lost;

  public HeadReplay(Head head, Beside beside) {
    this.head = head;
    this.beside = beside;
    this.names = new RestoredNames(head);
  }

  @Override
  public void series(int number, byte[] labels, int from, int to) {
    HeadSeries series = names.series(number, labels, from, to);
    series.setNamed(Math.min(2, series.named() + 1));
    List<Consumer<HeadSeries>> samples = waiting.remove(number);
    if (samples != null) {
      waitingCount -= samples.size();
      samples.forEach(sample -> sample.accept(series));
    }
  }

  @Override
  public void sample(int number, long timestamp, long bits, long start) {
    HeadSeries series = head.byNumber(number);
    Taking.Replayed sample = new Taking.Replayed(timestamp, bits, start);
    if (series != null) {
      head.restore(series, sample);
    } else {
      await(number, late -> head.restore(late, sample));
    }
  }

  @Override
  public void histogram(int number, long timestamp, Histogram value, long start) {
    HeadSeries series = head.byNumber(number);
    if (series != null) {
      head.restore(series, timestamp, value, start);
    } else {
      await(number, late -> head.restore(late, timestamp, value, start));
    }
  }

  @Override
  public void exemplar(Labels series, Exemplar exemplar) {
    beside.exemplars().add(series, exemplar);
  }

  @Override
  public void metadata(Metadata one) {
    beside.notes().add(one);
  }

  private void await(int number, Consumer<HeadSeries> sample) {
    head.reserve(number);
    if (waitingCount < MOST_WAITING) {
      waiting.computeIfAbsent(number, _ -> new ArrayList<>()).add(sample);
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
