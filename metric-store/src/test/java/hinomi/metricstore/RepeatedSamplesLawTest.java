package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Admission;
import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import hinomi.model.Labels;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes a second time, number or histogram, wherever the first one lies by then: the same is
/// taken and changes nothing, another is refused by name.
class RepeatedSamplesLawTest {
  private static final List<String> TIMES = List.of("too_old", "out_of_bounds");

  @TempDir Path folder;
  private int run;

  @Test
  void theSameAgainIsNothingNewAndAnotherIsRefused() {
    Seeds.forAll(5, this::live);
  }

  private void live(Random random) throws IOException {
    Map<Labels, NavigableMap<Long, Long>> held = new TreeMap<>();
    try (Rig rig = new Rig(folder.resolve("run" + run++))) {
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(12)) {
          case 0, 1 -> {
            rig.time.advance(Duration.ofMinutes(random.nextInt(90)));
            rig.store.maintain();
          }
          case 2 -> rig.store.compact();
          case 3 -> rig.reopen();
          case 4 -> rig.store.shortenLog();
          default -> {
            for (int i = 0; i < 8; i++) {
              append(random, rig, held);
            }
          }
        }
        assertThat(rig.all()).isEqualTo(held);
      }
    }
  }

  private static void append(Random random, Rig rig, Map<Labels, NavigableMap<Long, Long>> held) {
    Labels labels = Labels.of(Labels.NAME, "m" + random.nextInt(3));
    long timestamp = rig.now() - random.nextInt(40) * 90_000L;
    timestamp -= Math.floorMod(timestamp, 90_000L);
    boolean asHistogram = random.nextBoolean();
    long bits = Double.doubleToRawLongBits(1 + random.nextInt(2)) | (asHistogram ? 1L << 63 : 0);
    WriteBatch batch = new WriteBatch();
    batch.series(labels);
    put(batch, timestamp, bits);
    Long known = held.getOrDefault(labels, new TreeMap<>()).get(timestamp);
    Admission admission = rig.store.append(batch);
    if (admission.accepted() == 1) {
      assertThat(known == null || known == bits).as(labels + " at " + timestamp).isTrue();
      held.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timestamp, bits);
    } else {
      String reason = admission.refusals().getFirst().reason();
      if (known != null && known != bits) {
        assertThat(reason).isIn("duplicate_timestamp", "too_old", "out_of_bounds");
      } else {
        assertThat(reason).isIn(TIMES);
      }
    }
  }

  /// A negative value is that of a histogram's sum.
  static void put(WriteBatch batch, long timestamp, long bits) {
    double value = Double.longBitsToDouble(bits);
    if (bits >= 0) {
      batch.point(timestamp, value);
      return;
    }
    Buckets buckets = new Buckets(new int[] {1, 2}, new double[] {2, 3});
    batch.histogram(
        timestamp,
        new Histogram(
            Histogram.Reset.UNKNOWN, 2, 1e-9, 1, 6, value, buckets, Buckets.NONE, new double[0]));
  }
}
