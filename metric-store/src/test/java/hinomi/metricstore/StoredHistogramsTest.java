package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.WriteBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHistogramsTest {
  private static final Labels LATENCY = Labels.of(Labels.NAME, "order_latency_seconds");

  @TempDir Path folder;

  private static Histogram histogram(int i) {
    Histogram.Buckets buckets =
        new Histogram.Buckets(new int[] {-2, 3}, new double[] {i, 2.0 * i, 3.0 * i});
    return new Histogram(
        Histogram.Reset.NOT_RESET,
        3,
        1e-9,
        i,
        7.0 * i,
        i * 0.25,
        buckets,
        Histogram.Buckets.NONE,
        new double[0]);
  }

  @Test
  void histogramsAreTheSameInTheHeadInBlocksAndInMergedBlocks() {
    NavigableMap<Long, Histogram> held = new TreeMap<>();
    try (Rig rig = new Rig(folder)) {
      for (int round = 0; round < 3; round++) {
        for (int i = 1; i < 50; i++) {
          long time = rig.now() + i * 10_000L;
          WriteBatch batch = new WriteBatch();
          batch.series(LATENCY);
          batch.histogram(time, histogram(i + round * 50));
          if (rig.store.append(batch).accepted() == 1) {
            held.put(time, histogram(i + round * 50));
          }
        }
        assertThat(all(rig)).isEqualTo(held);
        rig.time.advance(Duration.ofHours(1));
        rig.store.compact();
        assertThat(all(rig)).isEqualTo(held);
      }
      assertThat(held.size()).isGreaterThan(100);
      long from = held.firstKey();
      long to = from + 100_000;
      rig.store.delete(Rig.ALL, from, to);
      held.subMap(from, true, to, true).clear();
      assertThat(all(rig)).isEqualTo(held);
      rig.store.cleanTombstones();
      rig.reopen();
      assertThat(all(rig)).isEqualTo(held);
    }
  }

  private static NavigableMap<Long, Histogram> all(Rig rig) {
    NavigableMap<Long, Histogram> all = new TreeMap<>();
    List<StoredSeries> found = rig.store.select(Rig.ALL, Long.MIN_VALUE, Long.MAX_VALUE);
    for (StoredSeries series : found) {
      Points points = new Points(16);
      series.read(points);
      for (int i = 0; i < points.histogramCount(); i++) {
        all.put(points.histogramTimestamp(i), points.histogram(i));
      }
    }
    return all;
  }
}
