package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.head.HeadStatus;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.testkit.SimTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may have how many series, who has most, and who wants to know of arrivals.
class LimitsTest {
  @TempDir Path folder;

  @Test
  void aMetricMayHaveOnlySoManySeries() {
    try (Rig rig = limited(new MetricStoreConfig.SeriesLimits(100, 2, 0, 64, 0))) {
      Admission admission = rig.store.append(samples(rig, "m", "host", 5));
      assertThat(admission.accepted()).isEqualTo(2);
      assertThat(admission.refusals().getFirst().reason()).isEqualTo("metric_series_limit");
      assertThat(admission.refusals().getFirst().example()).endsWith(", m");
      assertThat(rig.store.append(samples(rig, "other", "host", 2)).accepted()).isEqualTo(2);
      assertThat(rig.store.append(samples(rig, "m", "host", 2)).accepted()).isEqualTo(2);
    }
  }

  @Test
  void anInstanceMayHaveOnlySoManySeries() {
    try (Rig rig = limited(new MetricStoreConfig.SeriesLimits(100, 0, 3, 64, 0))) {
      for (int i = 0; i < 5; i++) {
        Labels labels = Labels.of(Labels.NAME, "m" + i, "instance", "host-1");
        Admission admission = rig.append(new Sample(labels, rig.now(), 1));
        assertThat(admission.accepted()).isEqualTo(i < 3 ? 1 : 0);
        if (i >= 3) {
          assertThat(admission.refusals().getFirst().reason()).isEqualTo("instance_series_limit");
          assertThat(admission.refusals().getFirst().example()).endsWith(", host-1");
        }
      }
    }
  }

  @Test
  void labelsThatAreTooManyOrTooLongAreRefused() {
    try (Rig rig = limited(new MetricStoreConfig.SeriesLimits(100, 0, 0, 2, 0))) {
      assertThat(reason(rig, Labels.of(Labels.NAME, "a", "b", "c", "d", "e")))
          .isEqualTo("too_many_labels");
      assertThat(reason(rig, Labels.of(Labels.NAME, "a", "b".repeat(1025), "c")))
          .isEqualTo("label_name_too_long");
      assertThat(reason(rig, Labels.of(Labels.NAME, "a", "b", "あ".repeat(4097))))
          .isEqualTo("label_value_too_long");
      assertThat(rig.append(sample(rig, Labels.of(Labels.NAME, "a", "b", "あ".repeat(4096)))))
          .isEqualTo(Admission.all(1));
    }
  }

  private static Sample sample(Rig rig, Labels labels) {
    return new Sample(labels, rig.now(), 1);
  }

  private static String reason(Rig rig, Labels labels) {
    return rig.append(sample(rig, labels)).refusals().getFirst().reason();
  }

  @Test
  void theStatusNamesWhoHasMost() {
    try (Rig rig = new Rig(folder)) {
      rig.store.append(samples(rig, "large", "host", 5));
      rig.store.append(samples(rig, "small", "host", 2));
      HeadStatus status = rig.store.status(1);
      assertThat(status.sizes()).isEqualTo(new HeadStatus.Sizes(7, 7, rig.now(), rig.now()));
      assertThat(status.labelPairs()).isEqualTo(7);
      assertThat(status.seriesByMetric()).containsExactly(new HeadStatus.Count("large", 5));
      assertThat(status.valuesByLabel()).containsExactly(new HeadStatus.Count("host", 5));
      assertThat(status.bytesByLabel()).containsExactly(new HeadStatus.Count(Labels.NAME, 35));
      assertThat(status.seriesByPair()).containsExactly(new HeadStatus.Count("__name__=large", 5));
    }
  }

  @Test
  void whoWatchesAMetricIsToldOfItsNewestSampleAndOfNoOther() throws InterruptedException {
    BlockingQueue<Map<String, Long>> told = new LinkedBlockingQueue<>();
    try (Rig rig = new Rig(folder)) {
      Labels before = Labels.of(Labels.NAME, "watched", "a", "1");
      rig.append(sample(rig, before));
      rig.store.watch(metric -> metric.startsWith("watched"), told::add);
      rig.append(sample(rig, Labels.of(Labels.NAME, "another")));
      rig.append(
          new Sample(before, rig.now() + 2, 1),
          new Sample(Labels.of(Labels.NAME, "watched", "a", "2"), rig.now() + 1, 1),
          new Sample(Labels.of(Labels.NAME, "watched_new"), rig.now(), 1));
      assertThat(told.poll(10, TimeUnit.SECONDS))
          .isEqualTo(Map.of("watched", rig.now() + 2, "watched_new", rig.now()));
      rig.store.watch(_ -> false, told::add);
      rig.append(new Sample(before, rig.now() + 3, 1));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aSeriesTellsAboutHowMuchOfItLiesInTheTimeThatIsAskedFor() {
    Labels labels = Labels.of(Labels.NAME, "a");
    try (Rig rig = new Rig(folder)) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        samples.add(new Sample(labels, rig.now() + i * 1000L, i));
      }
      rig.store.append(samples);
      for (int round = 0; round < 2; round++) {
        assertThat(expected(rig, 0, 400)).isEqualTo(400);
        assertThat(expected(rig, 100, 150)).isBetween(50, 55);
        rig.store.compact();
      }
    }
  }

  private static int expected(Rig rig, int fromSecond, int toSecond) {
    return rig.store
        .select(Rig.ALL, rig.now() + fromSecond * 1000L, rig.now() + toSecond * 1000L)
        .getFirst()
        .expected();
  }

  private static List<Sample> samples(Rig rig, String metric, String label, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(sample(rig, Labels.of(Labels.NAME, metric, label, String.valueOf(i))));
    }
    return samples;
  }

  private Rig limited(MetricStoreConfig.SeriesLimits limits) {
    MetricStoreConfig usual = Rig.config(folder);
    MetricStoreConfig config =
        new MetricStoreConfig(
            folder,
            usual.retention(),
            0,
            usual.blockSpan(),
            usual.outOfOrderWindow(),
            usual.backfillWindow(),
            usual.maxAhead(),
            usual.startTimestamps(),
            limits,
            Duration.ZERO,
            usual.maxPendingSamples(),
            usual.rollups());
    return new Rig(config, new SimTime(), Wal.DISK);
  }
}
