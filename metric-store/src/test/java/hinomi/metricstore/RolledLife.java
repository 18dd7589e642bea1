package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledSelection;
import hinomi.model.TimeRanges;
import hinomi.model.Unavailable;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Days of a store that rolls samples into buckets, on a disk whose power may be cut, and what it
/// must hold.
///
/// @param <V> what samples are: numbers or histograms
abstract class RolledLife<V> implements AutoCloseable {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  final Random random;
  final SimTime time = new SimTime();
  final Map<Labels, NavigableMap<Long, V>> held = new TreeMap<>();
  final long begin = time.now().toEpochMilli();
  Rig rig;
  private final Path directory;
  private final PowerCut disk;
  private final Duration retention;

  /// @param folder an empty one
  /// @param steps of the disk until its power is cut
  RolledLife(Path folder, Random random, int steps, Duration retention) throws IOException {
    this.random = random;
    this.retention = retention;
    this.directory = folder.resolve("data");
    disk =
        new PowerCut(random, Files.createDirectories(folder.resolve("trash")), Integer.MAX_VALUE);
    rig = open(disk);
    disk.limit(steps);
  }

  private Rig open(Volume volume) {
    MetricStoreConfig usual = Rig.config(directory);
    MetricStoreConfig config =
        new MetricStoreConfig(
            directory,
            retention,
            0,
            Duration.ofHours(12),
            Duration.ofDays(20),
            usual.backfillWindow(),
            usual.maxAhead(),
            usual.startTimestamps(),
            usual.series(),
            Duration.ZERO,
            usual.maxPendingSamples(),
            usual.rollups());
    return new Rig(config, time, new MetricStore.Disks(Wal.DISK, volume));
  }

  /// Half a day passes, and these are appended.
  abstract void half();

  /// What the store says of random ranges is what it must.
  abstract void check();

  /// A day of samples, and what is done about older ones.
  final void day() {
    for (int half = 0; half < 2; half++) {
      time.advance(Duration.ofHours(12));
      half();
      rig.store.maintain();
    }
  }

  /// Has everything rolled up that is due, and lets go what is old then.
  final void settle() {
    rig.store.cleanTombstones(); // comes after what was begun
    rig.store.maintain();
    rig.store.cleanTombstones();
  }

  final void beginAnew() {
    rig.close();
    rig = open(disk);
  }

  /// Does so many things, each followed by a [#check], until there are no more or the power is cut.
  final void live(int most, Runnable something) {
    try {
      for (int i = 0; i < most && !disk.isDead(); i++) {
        something.run();
        if (!disk.isDead()) {
          check();
        }
      }
    } catch (Unavailable e) {
      assertThat(disk.isDead()).isTrue();
    }
  }

  /// What is there after the power was cut, and a day later.
  final void afterPowerCut(boolean known) throws IOException {
    rig.close();
    disk.cut();
    rig = open(Volume.REAL);
    if (known) {
      check();
      day();
      check();
      rig.store.cleanTombstones();
      check();
    }
  }

  /// Random ranges: up to so many, each up to so many units of a minute, five or an hour long.
  final TimeRanges ranges(int longest, int most) {
    long unit = random.nextBoolean() ? HOUR : random.nextBoolean() ? 5 * MINUTE : MINUTE;
    long length = (1 + random.nextInt(longest)) * unit * (random.nextBoolean() ? 1 : 24);
    long stride = random.nextInt(3) == 0 ? length : (1 + random.nextInt(30)) * unit;
    long end = rig.now() / unit * unit - random.nextInt(8) * DAY + (random.nextInt(4) == 0 ? 7 : 0);
    return new TimeRanges(end, stride, 1 + random.nextInt(most), length);
  }

  final Optional<RolledSelection> rolled(TimeRanges ranges) {
    return rig.store.rolled(Rig.ALL, ranges, EnumSet.allOf(Column.class));
  }

  static Rolled none() {
    return new Rolled(EnumSet.allOf(Column.class));
  }

  /// The buckets of each series that has some.
  static Map<Labels, Rolled> entries(RolledSelection selection) {
    Map<Labels, Rolled> bySeries = new TreeMap<>();
    selection
        .series()
        .forEach(each -> {
          Rolled entries = none();
          each.read(entries);
          bySeries.put(each.labels(), entries);
        });
    return bySeries;
  }

  @Override
  public void close() {
    rig.close();
  }
}
