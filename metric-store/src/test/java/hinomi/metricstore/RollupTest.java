package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledSelection;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.TimeRanges;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTest {
  private static final Labels A = Labels.of(Labels.NAME, "a", "i", "1");
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final Set<Column> COUNT = EnumSet.of(Column.COUNT);

  @TempDir Path folder;

  static MetricStoreConfig config(Path directory, Duration retention, long bytes) {
    return config(Rig.config(directory), retention, bytes);
  }

  private static MetricStoreConfig config(MetricStoreConfig usual) {
    return config(usual, usual.retention(), usual.retentionBytes());
  }

  private static MetricStoreConfig config(MetricStoreConfig usual, Duration retention, long bytes) {
    return new MetricStoreConfig(
        usual.directory(),
        retention,
        bytes,
        Duration.ofHours(12),
        Duration.ofDays(10),
        usual.backfillWindow(),
        usual.maxAhead(),
        usual.startTimestamps(),
        usual.series(),
        Duration.ZERO,
        usual.maxPendingSamples(),
        usual.rollups());
  }

  private Rig rig(Duration retention, long bytes) {
    return new Rig(config(folder.resolve("store"), retention, bytes), new SimTime(), Wal.DISK);
  }

  /// A sample a minute, rolled up as far as can be.
  static void days(Rig rig, int days) {
    for (int half = 0; half < 2 * days; half++) {
      long begin = rig.now();
      rig.time.advance(Duration.ofHours(12));
      List<Sample> samples = new ArrayList<>();
      for (int i = 1; i <= 720; i++) {
        samples.add(new Sample(A, begin + i * 60_000L, i));
      }
      rig.store.append(samples);
      rig.store.maintain();
    }
    rig.store.cleanTombstones(); // comes after what that began
  }

  static double count(Rig rig, TimeRanges range) {
    Optional<RolledSelection> found = rig.store.rolled(Rig.ALL, range, COUNT);
    assertThat(found).isPresent();
    double count = 0;
    for (var series : found.get().series()) {
      Rolled entries = new Rolled(COUNT);
      series.read(entries);
      for (int i = 0; i < entries.size(); i++) {
        count += entries.value(Column.COUNT, i);
      }
    }
    return count;
  }

  @Test
  void aDamagedBucketIsToldAndRolledUpAnew() throws IOException {
    long begin;
    try (Rig rig = rig(Duration.ofDays(90), 0)) {
      begin = rig.now();
      days(rig, 4);
    }
    TimeRanges day = new TimeRanges(begin + DAY, 0, 1, DAY);
    flipAll(folder.resolve("store/blocks/1d"));
    try (Rig rig =
        new Rig(
            config(folder.resolve("store"), Duration.ofDays(90), 0), later(begin, 4), Wal.DISK)) {
      assertThatThrownBy(() -> count(rig, day))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("damaged");
      rig.store.cleanTombstones();
      assertThat(count(rig, day)).isEqualTo(1440);
      double told =
          rig.registry.get("hinomi.metricstore.damaged").tag("where", "rollup").counter().count();
      assertThat(told).isPositive();
    }
  }

  private static SimTime later(long begin, int days) {
    return new SimTime(Instant.ofEpochMilli(begin + days * DAY));
  }

  /// Of each block the column of times.
  private static void flipAll(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".block")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 8; at < 12; at++) {
          bytes[at] ^= 4;
        }
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void whenSamplesAreGoneTheLastOfEachBucketIsLeft() {
    try (Rig rig = rig(Duration.ofDays(3), 0)) {
      long begin = rig.now();
      days(rig, 8);
      assertThat(rig.store.spacing(begin + HOUR)).isEqualTo(300_000);
      assertThat(rig.store.spacing(rig.now())).isZero();
      List<StoredSeries> found = rig.store.select(Rig.ALL, begin, begin + HOUR);
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().labels()).isEqualTo(A);
      Points points = new Points(0);
      found.getFirst().read(points);
      assertThat(points.size()).isEqualTo(12);
      for (int i = 0; i < 12; i++) {
        assertThat(points.timestamp(i)).isEqualTo(begin + (i + 1) * 300_000L);
        assertThat(points.value(i)).isEqualTo((i + 1) * 5.0);
      }
      assertThat(rig.store.labelNames(List.of(), begin, begin + HOUR))
          .containsExactly(Labels.NAME, "i");
      assertThat(rig.store.labelValues("i", List.of(), begin, begin + HOUR)).containsExactly("1");
      assertThat(rig.store.series(Rig.ALL, begin, begin + HOUR)).containsExactly(A);
      assertThat(count(rig, new TimeRanges(begin + DAY, 0, 1, DAY))).isEqualTo(1440);
      assertThat(count(rig, new TimeRanges(begin + DAY - 7, 0, 1, DAY - 10))).isEqualTo(1435);
    }
  }

  @Test
  void samplesStayUntilTheyAreRolledUpHoweverLongThatTakes() {
    Held disk = new Held(folder.resolve("store/blocks/5m"));
    MetricStoreConfig config = config(folder.resolve("store"), Duration.ofDays(3), 0);
    try (Rig rig = new Rig(config, new SimTime(), new MetricStore.Disks(Wal.DISK, disk))) {
      long begin = rig.now();
      for (int day = 0; day < 9; day++) {
        rig.time.advance(Duration.ofDays(1));
        rig.append(new Sample(A, rig.now(), day));
      }
      for (int i = 0; i < 200; i++) {
        rig.store.maintain();
      }
      assertThat(rig.store.select(Rig.ALL, begin, begin + 2 * DAY)).isNotEmpty();
      disk.goOn.countDown();
      rig.store.cleanTombstones();
      rig.store.maintain();
      rig.store.cleanTombstones();
      rig.store.maintain();
      assertThat(rig.store.spacing(begin + HOUR)).isPositive();
      assertThat(count(rig, new TimeRanges(begin + 5 * DAY, 0, 1, 5 * DAY))).isEqualTo(5);
    }
  }

  @Test
  void whatComesForEarlierDaysWhileTheFirstIsRolledUpIsNotForgotten() throws InterruptedException {
    Held disk = new Held(folder.resolve("store/blocks/5m"));
    MetricStoreConfig config = config(folder.resolve("store"), Duration.ofDays(90), 0);
    try (Rig rig = new Rig(config, new SimTime(), new MetricStore.Disks(Wal.DISK, disk))) {
      long begin = rig.now();
      for (int half = 0; half < 10; half++) {
        rig.time.advance(Duration.ofHours(12));
        rig.append(new Sample(A, rig.now(), half));
      }
      rig.store.maintain();
      assertThat(disk.reached.await(1, TimeUnit.MINUTES)).isTrue();
      rig.append(new Sample(A, begin - 3 * DAY + HOUR, 7));
      rig.time.advance(Duration.ofHours(24));
      rig.append(new Sample(A, rig.now(), 8));
      rig.store.maintain();
      disk.goOn.countDown();
      rig.store.cleanTombstones();
      assertThat(count(rig, new TimeRanges(begin - 2 * DAY, 0, 1, 2 * DAY))).isEqualTo(1);
    }
  }

  /// A disk on which no buckets are written until they may.
  private static final class Held extends RealVolume {
    private final Path buckets;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    Held(Path buckets) {
      this.buckets = buckets;
    }

    @Override
    public FileChannel create(Path file) throws IOException {
      try {
        if (file.startsWith(buckets)) {
          reached.countDown();
          assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
        }
        return super.create(file);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void whereRoomIsShortSamplesGoFirst() {
    long begin;
    double all = 0;
    try (Rig rig = rig(Duration.ofDays(90), 0)) {
      begin = rig.now();
      days(rig, 8);
      all += rig.registry.get("hinomi.metricstore.block.bytes").gauge().value();
      for (Gauge each : rig.registry.get("hinomi.metricstore.rollup.bytes").gauges()) {
        all += each.value();
      }
    }
    MetricStoreConfig less = config(folder.resolve("store"), Duration.ofDays(90), (long) all - 1);
    try (Rig rig = new Rig(less, later(begin, 8), Wal.DISK)) {
      rig.store.maintain();
      assertThat(rig.store.spacing(begin + HOUR)).isEqualTo(300_000);
      assertThat(count(rig, new TimeRanges(begin + DAY, 0, 1, DAY))).isEqualTo(1440);
    }
  }

  @Test
  void aBackupHoldsBucketsAndKnowsWhatIsLate() {
    Path other = folder.resolve("other");
    try (Rig rig = rig(Duration.ofDays(90), 0)) {
      long begin = rig.now();
      days(rig, 5);
      TimeRanges day = new TimeRanges(begin + DAY, 0, 1, DAY);
      rig.append(new Sample(A, begin + 23 * HOUR + 7, 3));
      assertThat(count(rig, day)).isEqualTo(1441);
      String name = rig.store.snapshot(false);
      Rig.copy(folder.resolve("store/snapshots").resolve(name), other.resolve("blocks"));
      try (Rig restored = new Rig(config(other, Duration.ofDays(90), 0), rig.time, Wal.DISK)) {
        assertThat(restored.store.rolled(Rig.ALL, day, COUNT)).isEmpty();
        assertThat(count(restored, new TimeRanges(begin + 2 * DAY, 0, 1, DAY))).isEqualTo(1440);
        restored.store.compact();
        assertThat(count(restored, day)).isEqualTo(1441);
      }
    }
  }

  @Test
  void histogramsAreInBucketsAndTheNewestOfEachOutlivesThem() {
    try (Rig rig = rig(Duration.ofDays(3), 0)) {
      long begin = rig.now();
      for (int half = 0; half < 16; half++) {
        rig.time.advance(Duration.ofHours(12));
        WriteBatch batch = new WriteBatch();
        batch.series(A);
        for (int i = 1; i <= 24; i++) {
          long at = begin + 12L * half * HOUR + i * HOUR / 2;
          batch.histogram(at, histogram(half * 24 + i));
        }
        rig.store.append(batch);
        rig.store.maintain();
        if (half == 7) {
          rig.store.cleanTombstones();
          TimeRanges day = new TimeRanges(begin + DAY, 0, 1, DAY);
          assertThat(histograms(rig, day)).isEqualTo(48);
        }
      }
      rig.store.cleanTombstones();
      assertThat(rig.store.spacing(begin + HOUR)).isEqualTo(300_000);
      Points points = new Points(0);
      rig.store.select(Rig.ALL, begin, begin + HOUR).forEach(each -> each.read(points));
      assertThat(points.histogramCount()).isEqualTo(2);
      assertThat(points.histogramTimestamp(0)).isEqualTo(begin + HOUR / 2);
      assertThat(points.histogram(1)).isEqualTo(histogram(2));
      assertThat(histograms(rig, new TimeRanges(begin + 2 * DAY, 0, 1, DAY))).isEqualTo(48);
    }
  }

  @Test
  void increasesOfCountersThatTellSinceWhenTheyCountAreReadInSamples() {
    Set<Column> increase = EnumSet.of(Column.FIRST, Column.LAST, Column.LOST);
    Labels b = Labels.of(Labels.NAME, "b");
    List<Matcher> onlyA = List.of(Matcher.equal(Labels.NAME, A.metric()));
    MetricStoreConfig config = config(Rig.keepingStarts(folder.resolve("store")));
    try (Rig rig = new Rig(config, new SimTime(), Wal.DISK)) {
      long begin = rig.now();
      for (int half = 0; half < 8; half++) {
        rig.time.advance(Duration.ofHours(12));
        WriteBatch batch = new WriteBatch();
        for (Labels labels : List.of(A, b)) {
          batch.series(labels);
          for (int i = 1; i <= 144; i++) {
            batch.point(begin + 12L * half * HOUR + i * HOUR / 12, i);
            batch.startedAt(labels.equals(b) ? begin + 1 : 0);
          }
        }
        rig.store.append(batch);
        rig.store.maintain();
      }
      rig.store.cleanTombstones();
      TimeRanges day = new TimeRanges(begin + 2 * DAY, 0, 1, DAY);
      assertThat(rig.store.rolled(Rig.ALL, day, COUNT)).isPresent();
      assertThat(rig.store.rolled(onlyA, day, increase)).isPresent();
      assertThat(rig.store.rolled(Rig.ALL, day, increase)).isEmpty();
      rig.reopen();
      assertThat(rig.store.rolled(onlyA, day, increase)).isPresent();
      assertThat(rig.store.rolled(Rig.ALL, day, increase)).isEmpty();
    }
  }

  @Test
  void daysOfWhichButTheNewestHistogramsWereKeptAreRolledUpAnew() throws IOException {
    long begin;
    try (Rig rig = rig(Duration.ofDays(90), 0)) {
      begin = rig.now();
      for (int half = 0; half < 8; half++) {
        rig.time.advance(Duration.ofHours(12));
        WriteBatch batch = new WriteBatch();
        batch.series(A);
        for (int i = 1; i <= 24; i++) {
          batch.histogram(begin + 12L * half * HOUR + i * HOUR / 2, histogram(half * 24 + i));
        }
        rig.store.append(batch);
        rig.store.maintain();
      }
      rig.store.cleanTombstones();
    }
    // From 11:55 on, so that a bucket of 5 minutes is wanted.
    TimeRanges most = new TimeRanges(begin + 23 * HOUR, 0, 1, 11 * HOUR + HOUR / 12);
    Points newest = new Points(0);
    newest.add(begin + DAY / 2, histogram(24));
    writeOutdated(newest);
    MetricStoreConfig config = config(folder.resolve("store"), Duration.ofDays(90), 0);
    try (Rig rig = new Rig(config, later(begin, 4), Wal.DISK)) {
      assertThat(rig.store.rolled(Rig.ALL, most, COUNT)).isEmpty();
      rig.store.cleanTombstones();
      assertThat(histograms(rig, most)).isEqualTo(23);
    }
  }

  /// As earlier versions did.
  private void writeOutdated(Points newest) throws IOException {
    Path own = folder.resolve("store/blocks/5m");
    Path aside = folder.resolve("store/quarantine/5m");
    Blocks blocks = Blocks.open(own, aside, Volume.REAL, new SimpleMeterRegistry(), "rollup");
    StoredSeries series =
        new StoredSeries() {
          @Override
          public Labels labels() {
            return A.with("\uFFFF", "histogram");
          }

          @Override
          public int size() {
            return newest.histogramCount();
          }

          @Override
          public void read(Points into) {
            into.add(newest.histogramTimestamp(0), newest.histogram(0));
          }
        };
    blocks.write(() -> List.of(series).iterator(), List.of(), () -> false);
  }

  private static long histograms(Rig rig, TimeRanges range) {
    long count = 0;
    for (var series : rig.store.rolled(Rig.ALL, range, COUNT).orElseThrow().series()) {
      Rolled entries = new Rolled(COUNT);
      series.read(entries);
      for (int i = 0; i < entries.histogramCount(); i++) {
        count += entries.histogram(i).count();
      }
    }
    return count;
  }

  private static Histogram histogram(int count) {
    return new Histogram(
        Histogram.Reset.NOT_RESET,
        0,
        0.001,
        0,
        count,
        count * 2.0,
        new Histogram.Buckets(new int[] {0, 1}, new double[] {count}),
        Histogram.Buckets.NONE,
        new double[0]);
  }
}
