package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Native histograms beside numbers, against a map of maps, through restarts, crashes and
/// snapshots.
class HeadHistogramLawTest {
  private static final List<Histogram.Reset> RESETS = List.of(Histogram.Reset.values());
  private static final long WINDOW = 3_600_000;

  @TempDir Path folder;
  private int run;

  @Test
  void theStoreAnswersLikeAMap() {
    Seeds.forAll(4, this::compare);
  }

  private void compare(Random random) throws IOException {
    Path directory = folder.resolve("run" + run++);
    Map<Labels, NavigableMap<Long, Object>> model = new HashMap<>();
    Rig rig = new Rig(directory);
    try {
      for (int step = 0; step < 40; step++) {
        switch (random.nextInt(10)) {
          case 0 -> rig.time.advance(Duration.ofMinutes(random.nextInt(5)));
          case 1 -> rig.reopen();
          case 2 -> rig.store.shortenLog();
          case 3 -> {
            Path copy = folder.resolve("crash" + run++);
            Rig.copy(directory, copy);
            try (Rig crashed = new Rig(copy)) {
              assertThat(all(crashed)).isEqualTo(model);
            }
          }
          default -> append(random, rig, model);
        }
        assertThat(all(rig)).isEqualTo(model);
      }
    } finally {
      rig.close();
    }
  }

  private static void append(
      Random random, Rig rig, Map<Labels, NavigableMap<Long, Object>> model) {
    WriteBatch batch = new WriteBatch();
    int expected = 0;
    for (int i = 0; i < 3; i++) {
      Labels labels = Labels.of(Labels.NAME, "h" + i);
      batch.series(labels);
      NavigableMap<Long, Object> held = model.computeIfAbsent(labels, _ -> new TreeMap<>());
      for (int j = random.nextInt(30); j >= 0; j--) {
        long timestamp = rig.now() - random.nextInt(200) * 15_000L;
        if (i > 0 && random.nextBoolean()) {
          double number = random.nextInt(3);
          batch.point(timestamp, number);
          expected += take(held, timestamp, number) ? 1 : 0;
        }
      }
      for (int j = random.nextInt(30); j >= 0; j--) {
        long timestamp = rig.now() - random.nextInt(200) * 15_000L;
        if (i < 2) {
          Histogram histogram = histogram(random);
          batch.histogram(timestamp, histogram);
        }
      }
    }
    for (WriteBatch.HistogramPoint point : batch.histograms()) {
      NavigableMap<Long, Object> held =
          model.getOrDefault(batch.labels(point.series()), new TreeMap<>());
      expected += take(held, point.timestamp(), point.value()) ? 1 : 0;
    }
    assertThat(rig.store.append(batch).accepted()).isEqualTo(expected);
    model.values().removeIf(NavigableMap::isEmpty);
  }

  private static boolean take(NavigableMap<Long, Object> held, long timestamp, Object value) {
    if (!held.isEmpty() && timestamp < held.lastKey() - WINDOW) {
      return false;
    }
    Object known = held.putIfAbsent(timestamp, value);
    return known == null || known.equals(value);
  }

  private static Histogram histogram(Random random) {
    int count = random.nextInt(3);
    double[] counts = new double[count];
    for (int i = 0; i < count; i++) {
      counts[i] = random.nextInt(5);
    }
    return random.nextInt(10) == 0
        ? Histogram.stale()
        : new Histogram(
            RESETS.get(random.nextInt(4)),
            random.nextBoolean() ? random.nextInt(8) : Histogram.CUSTOM_BOUNDS,
            1e-9,
            random.nextInt(3),
            random.nextInt(3),
            random.nextGaussian(),
            new Buckets(count == 0 ? new int[0] : new int[] {-random.nextInt(9), count}, counts),
            Buckets.NONE,
            new double[] {1, 2.5});
  }

  private static Map<Labels, NavigableMap<Long, Object>> all(Rig rig) {
    Map<Labels, NavigableMap<Long, Object>> all = new HashMap<>();
    for (StoredSeries series : rig.store.select(Rig.ALL, Long.MIN_VALUE, Long.MAX_VALUE)) {
      Points points = new Points(0);
      series.read(points);
      NavigableMap<Long, Object> samples = new TreeMap<>();
      for (int i = 0; i < points.size(); i++) {
        assertThat(samples.put(points.timestamp(i), points.value(i))).isNull();
      }
      for (int i = 0; i < points.histogramCount(); i++) {
        assertThat(samples.put(points.histogramTimestamp(i), points.histogram(i))).isNull();
      }
      all.put(series.labels(), samples);
    }
    return all;
  }

  @Test
  void aHistogramAndANumberCannotShareATime() {
    Labels labels = Labels.of(Labels.NAME, "a");
    try (Rig rig = new Rig(folder)) {
      rig.append(new Sample(labels, rig.now(), 1));
      WriteBatch batch = new WriteBatch();
      batch.series(labels);
      batch.histogram(rig.now(), Histogram.stale());
      assertThat(rig.store.append(batch).refusals().getFirst().reason())
          .isEqualTo("duplicate_timestamp");
    }
  }
}
