package hinomi.metricstore;

import static hinomi.metricstore.RolledLife.DAY;
import static hinomi.metricstore.RolledLife.HOUR;
import static hinomi.metricstore.RolledLife.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.TimeRanges;
import hinomi.model.Unavailable;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples change, on one thread, while days are rolled up on another: each is held at a step of
/// the disk until the other has come as far as the test wants.
class RollupMeanwhileTest {
  private static final Labels A = Labels.of(Labels.NAME, "a", "i", "1");

  @TempDir Path folder;

  private Rig rig(Turnstile disk) {
    return rig(disk, 90);
  }

  private Rig rig(Turnstile disk, int days) {
    MetricStoreConfig config = RollupTest.config(folder.resolve("store"), Duration.ofDays(days), 0);
    return new Rig(config, new SimTime(), new MetricStore.Disks(Wal.DISK, disk));
  }

  private boolean isNewBlockOfSamples(Path file) {
    return folder.resolve("store/blocks").equals(file.getParent())
        && file.toString().endsWith(".block.tmp")
        && !Thread.currentThread().getName().equals("metric-compact"); // which merges
  }

  @Test
  void lateSamplesCountThoughTheirDayIsRolledUpAnewBeforeTheyAreWritten() {
    Turnstile disk = new Turnstile();
    try (Rig rig = rig(disk)) {
      long begin = rig.now();
      RollupTest.days(rig, 9);
      rig.append(new Sample(A, begin + 2 * DAY + HOUR + 7, 3));
      rig.time.advance(Duration.ofHours(12));
      rig.append(new Sample(A, rig.now(), 8));
      Held writing = disk.hold(this::isNewBlockOfSamples);
      CompletableFuture<Void> upkeep = CompletableFuture.runAsync(rig.store::maintain);
      writing.awaitReached();
      rig.store.cleanTombstones(); // rolls up what is stale
      writing.goOn();
      upkeep.join();
      assertSamplesCount(rig, new TimeRanges(begin + 7 * DAY, 0, 1, 7 * DAY), 7 * 1440 + 1);
    }
  }

  @Test
  void lateSamplesCountThoughTheirDayIsRolledUpFirstBeforeTheyAreWritten() {
    Turnstile disk = new Turnstile();
    try (Rig rig = rig(disk)) {
      Path buckets = folder.resolve("store/blocks/5m");
      long begin = rig.now();
      Held rolling = disk.hold(file -> file.startsWith(buckets));
      for (int half = 0; half < 18; half++) {
        rig.time.advance(Duration.ofHours(12));
        rig.append(new Sample(A, rig.now(), half));
        rig.store.maintain();
      }
      rolling.awaitReached(); // the first day
      rig.append(new Sample(A, begin + 2 * DAY + HOUR + 7, 3));
      rig.time.advance(Duration.ofHours(12));
      rig.append(new Sample(A, rig.now(), 8));
      Held writing = disk.hold(this::isNewBlockOfSamples);
      CompletableFuture<Void> upkeep = CompletableFuture.runAsync(rig.store::maintain);
      writing.awaitReached();
      rolling.goOn();
      rig.store.cleanTombstones(); // comes after what was begun
      writing.goOn();
      upkeep.join();
      assertSamplesCount(rig, new TimeRanges(begin + 7 * DAY, 0, 1, 7 * DAY), 7 * 2 + 1);
    }
  }

  @Test
  void aDeletionTakesNoMoreThoughItsDaysAreRolledUpAnewBeforeItHides() {
    Turnstile disk = new Turnstile();
    try (Rig rig = rig(disk)) {
      long begin = rig.now();
      RollupTest.days(rig, 9);
      Held hiding = disk.hold(file -> file.endsWith("store/blocks/tombstones.tmp"));
      long from = begin + 2 * DAY + 2 * MINUTE;
      CompletableFuture<Void> deletion =
          CompletableFuture.runAsync(() -> rig.store.delete(Rig.ALL, from, from + HOUR));
      hiding.awaitReached();
      rig.store.cleanTombstones();
      hiding.goOn();
      deletion.join();
      assertSamplesCount(rig, new TimeRanges(begin + 7 * DAY, 0, 1, 7 * DAY), 7 * 1440 - 61);
    }
  }

  @Test
  void bucketsStayThoughTheirSamplesGoWhileTheyAreToBeRolledUpAnew() {
    Turnstile disk = new Turnstile();
    try (Rig rig = rig(disk, 5)) {
      Path buckets = folder.resolve("store/blocks/5m");
      long begin = rig.now();
      RollupTest.days(rig, 9);
      rig.append(new Sample(A, begin + 5 * DAY + HOUR + 7, 3));
      rig.append(new Sample(A, begin + 6 * DAY + HOUR + 7, 3));
      halfADay(rig);
      Held rolling =
          disk.hold(file -> file.startsWith(buckets) && file.toString().endsWith(".block.tmp"));
      CompletableFuture<Void> clean = CompletableFuture.runAsync(rig.store::cleanTombstones);
      rolling.awaitReached(); // the first of both days
      for (int half = 0; half < 8; half++) {
        halfADay(rig);
      }
      assertThat(rig.store.spacing(begin + 7 * DAY - HOUR)).isPositive();
      rolling.goOn();
      clean.join();
      // The samples of the second have gone, and with them what was late.
      assertSamplesCount(rig, new TimeRanges(begin + 7 * DAY, 0, 1, 2 * DAY), 1441 + 1440);
    }
  }

  private static void halfADay(Rig rig) {
    rig.time.advance(Duration.ofHours(12));
    rig.append(new Sample(A, rig.now(), 8));
    rig.store.maintain();
  }

  /// At once, and when what is stale has been rolled up.
  private static void assertSamplesCount(Rig rig, TimeRanges range, double count) {
    assertThat(RollupTest.count(rig, range)).isEqualTo(count);
    rig.store.cleanTombstones();
    assertThat(RollupTest.count(rig, range)).isEqualTo(count);
  }

  /// A disk on which the creation of some files can be held.
  private static final class Turnstile extends RealVolume {
    private volatile Held held = new Held(_ -> false);

    /// From now on the next such file; who is held already stays so.
    Held hold(Predicate<Path> files) {
      held = new Held(files);
      return held;
    }

    @Override
    public FileChannel create(Path file) throws IOException {
      held.pass(file);
      return super.create(file);
    }
  }

  /// Who creates one of some files waits here until it may go on.
  private record Held(Predicate<Path> files, CountDownLatch reached, CountDownLatch open) {
    Held(Predicate<Path> files) {
      this(files, new CountDownLatch(1), new CountDownLatch(1));
    }

    void pass(Path file) {
      if (files.test(file)) {
        reached.countDown();
        await(open);
      }
    }

    void awaitReached() {
      await(reached);
    }

    void goOn() {
      open.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aDayThatMayCountOnDiskIsToldToBeStaleAgain() {
    AtomicBoolean failing = new AtomicBoolean();
    RealVolume disk =
        new RealVolume() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            if (to.endsWith("blocks/rollups") && failing.getAndSet(false)) {
              throw new IOException("Input/output error");
            }
          }
        };
    MetricStoreConfig config = RollupTest.config(folder.resolve("store"), Duration.ofDays(90), 0);
    try (Rig rig = new Rig(config, new SimTime(), new MetricStore.Disks(Wal.DISK, disk))) {
      long begin = rig.now();
      RollupTest.days(rig, 9);
      late(rig, begin + DAY + HOUR + 7);
      failing.set(true);
      assertThatThrownBy(rig.store::cleanTombstones).isInstanceOf(Unavailable.class);
      late(rig, begin + DAY + HOUR + 8);
      rig.reopen();
      TimeRanges most = new TimeRanges(begin + 7 * DAY, 0, 1, 7 * DAY);
      assertThat(RollupTest.count(rig, most)).isEqualTo(7 * 1440 + 2);
    }
  }

  /// A sample that comes into a block at once.
  private static void late(Rig rig, long at) {
    rig.append(new Sample(A, at, 3));
    long never = rig.now() + 50 * DAY;
    rig.store.delete(Rig.ALL, never, never); // which nothing is of; all is in blocks before
  }
}
