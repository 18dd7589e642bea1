package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledSelection;
import hinomi.model.RolledSeries;
import hinomi.model.Sample;
import hinomi.model.TimeRanges;
import hinomi.model.Unavailable;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What buckets say of any ranges is what the samples say, whatever is appended late, deleted,
/// merged or begun anew, and wherever the power goes.
class RollupLawTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int SERIES = 4;

  @TempDir Path folder;
  private int run;
  private int used;

  @Test
  void bucketsSayWhatSamplesSay() {
    Seeds.forAll(2, random -> live(random, Integer.MAX_VALUE));
    assertThat(used).isPositive();
  }

  @Test
  void aPowerCutLeavesBucketsThatSayWhatSamplesSay() {
    Seeds.forAll(4, random -> live(random, 100 + random.nextInt(1500)));
    assertThat(used).isPositive();
  }

  @Test
  void bucketsOutliveTheirSamples() throws IOException {
    Seeds.forAll(
        2,
        random -> {
          Life life = new Life(random, Integer.MAX_VALUE, Duration.ofDays(3));
          try {
            for (int day = 0; day < 9; day++) {
              life.day();
            }
            long oldest = life.rig.all().values().stream().mapToLong(NavigableMap::size).sum();
            assertThat(oldest).isLessThan(life.held.values().stream().mapToLong(Map::size).sum());
            life.checkWhole(new TimeRanges(life.begin + 6 * DAY, DAY, 3, 6 * DAY));
            life.checkWhole(new TimeRanges(life.begin + 6 * DAY, 2 * HOUR, 12, DAY));
            life.rig.reopen();
            life.checkWhole(new TimeRanges(life.begin + 5 * DAY, 15 * MINUTE, 40, HOUR));
            List<Matcher> one = List.of(Matcher.equal("i", "1"));
            life.rig.store.delete(one, life.begin + HOUR, life.begin + 2 * DAY);
            life.held.forEach((labels, own) -> {
              if (Matcher.allMatch(one, labels)) {
                own.headMap(life.begin + 2 * DAY, true).clear();
              }
            });
            // Whole buckets go where samples cannot tell any more.
            life.checkWhole(new TimeRanges(life.begin + 5 * DAY, HOUR, 10, 3 * DAY));
          } finally {
            life.rig.close();
          }
        });
  }

  private void live(Random random, int steps) throws IOException {
    Life life = new Life(random, steps, Duration.ofDays(90));
    boolean deleting = false;
    try {
      for (int i = 0; i < 14 && !life.disk.isDead(); i++) {
        switch (random.nextInt(10)) {
          case 0 -> life.late();
          case 1 -> {
            deleting = true;
            life.delete();
            deleting = false;
          }
          case 2 -> life.rig.store.cleanTombstones();
          case 3 -> life.rig.store.compact();
          case 4 -> {
            life.rig.close();
            life.rig = life.open(life.disk);
          }
          default -> life.day();
        }
        if (!life.disk.isDead()) {
          life.check();
        }
      }
    } catch (Unavailable e) {
      assertThat(life.disk.isDead()).isTrue();
    }
    life.rig.close();
    life.disk.cut();
    life.rig = life.open(Volume.REAL);
    try {
      if (!deleting) {
        life.check();
        life.day();
        life.check();
        life.rig.store.cleanTombstones();
        life.check();
      }
    } finally {
      life.rig.close();
    }
  }

  private static Labels labels(int i) {
    // Labels that go on from others, in every order.
    return switch (i) {
      case 0 -> Labels.of(Labels.NAME, "m", "i", "0");
      case 1 -> Labels.of(Labels.NAME, "m", "i", "1");
      case 2 -> Labels.of(Labels.NAME, "m", "i", "1", "z", "z");
      default -> Labels.of(Labels.NAME, "m");
    };
  }

  /// A store and what it must hold.
  private final class Life {
    final Path directory = folder.resolve("run" + run++);
    final Random random;
    final PowerCut disk;
    final SimTime time = new SimTime();
    final Map<Labels, NavigableMap<Long, Double>> held = new TreeMap<>();
    final long begin = time.now().toEpochMilli();
    final Duration retention;
    Rig rig;

    Life(Random random, int steps, Duration retention) throws IOException {
      this.random = random;
      this.retention = retention;
      Path trash = folder.resolve("trash" + run);
      Files.createDirectory(trash);
      disk = new PowerCut(random, trash, Integer.MAX_VALUE);
      rig = open(disk);
      disk.limit(steps);
    }

    Rig open(Volume volume) {
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

    /// A day of samples of some series, in random distances, and what is done about older ones.
    void day() {
      for (int half = 0; half < 2; half++) {
        time.advance(Duration.ofHours(12));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
          long every = (1 + random.nextInt(10)) * MINUTE;
          double value = random.nextInt(100);
          for (long at = rig.now() - 12 * HOUR + 1; at <= rig.now(); at += every) {
            value = next(i, value);
            long jitter = random.nextInt(3) == 0 ? random.nextInt((int) MINUTE) : 0;
            samples.add(new Sample(labels(i), Math.min(rig.now(), at - 1 + jitter), value));
          }
        }
        append(samples);
        rig.store.maintain();
      }
    }

    private double next(int series, double value) {
      if (random.nextInt(200) == 0) {
        return random.nextBoolean() ? Double.NaN : Sample.STALE;
      }
      double sure = Double.isNaN(value) ? 0 : value;
      return switch (series) {
        case 0 -> random.nextInt(50) == 0 ? random.nextInt(3) : sure + random.nextInt(10);
        case 1 -> Math.round(random.nextGaussian() * 1000) / 10.0;
        case 2 -> random.nextGaussian();
        default -> random.nextInt(20) == 0 ? 0 : 1;
      };
    }

    void late() {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long at = rig.now() - random.nextLong(6 * DAY);
        samples.add(new Sample(labels(random.nextInt(SERIES)), at, random.nextInt(1000)));
      }
      append(samples);
    }

    private void append(List<Sample> samples) {
      Map<Labels, Map<Long, Sample>> fresh = new TreeMap<>();
      for (Sample sample : samples) {
        if (!held.getOrDefault(sample.labels(), new TreeMap<>()).containsKey(sample.timestamp())) {
          fresh
              .computeIfAbsent(sample.labels(), _ -> new TreeMap<>())
              .putIfAbsent(sample.timestamp(), sample);
        }
      }
      List<Sample> all = new ArrayList<>();
      fresh.values().forEach(own -> all.addAll(own.values()));
      assertThat(rig.store.append(all).accepted()).isEqualTo(all.size());
      for (Sample sample : all) {
        held.computeIfAbsent(sample.labels(), _ -> new TreeMap<>())
            .put(sample.timestamp(), sample.value());
      }
    }

    void delete() {
      Labels one = labels(random.nextInt(SERIES));
      List<Matcher> matchers = List.of(Matcher.equal("i", one.get("i")));
      long from = rig.now() - random.nextLong(6 * DAY);
      long to = from + random.nextLong(3 * DAY);
      rig.store.delete(matchers, from, to);
      held.forEach((labels, own) -> {
        if (Matcher.allMatch(matchers, labels)) {
          own.subMap(from, true, to, true).clear();
        }
      });
    }

    void check() {
      for (int i = 0; i < 6; i++) {
        long unit = random.nextBoolean() ? HOUR : random.nextBoolean() ? 5 * MINUTE : MINUTE;
        long length = (1 + random.nextInt(60)) * unit * (random.nextBoolean() ? 1 : 24);
        long stride = random.nextInt(3) == 0 ? length : (1 + random.nextInt(30)) * unit;
        long end =
            rig.now() / unit * unit - random.nextInt(8) * DAY + (random.nextInt(4) == 0 ? 7 : 0);
        check(new TimeRanges(end, stride, 1 + random.nextInt(10), length), true);
      }
    }

    void checkWhole(TimeRanges ranges) {
      int before = used;
      check(ranges, false);
      assertThat(used).isGreaterThan(before);
    }

    void check(TimeRanges ranges, boolean exact) {
      Optional<RolledSelection> found =
          rig.store.rolled(Rig.ALL, ranges, EnumSet.allOf(Column.class));
      if (found.isEmpty()) {
        return;
      }
      used++;
      if (exact) {
        assertThat(found.get().exact()).isTrue();
      }
      Map<Labels, RolledSeries> bySeries = new TreeMap<>();
      found.get().series().forEach(each -> bySeries.put(each.labels(), each));
      held.forEach((labels, own) -> {
        Rolled entries = new Rolled(EnumSet.allOf(Column.class));
        Optional.ofNullable(bySeries.get(labels)).ifPresent(each -> each.read(entries));
        for (int i = 0; i < ranges.count(); i++) {
          check(labels + " " + ranges + " " + i, entries, own, ranges.end(i), ranges.length());
        }
      });
    }

    private void check(
        String what, Rolled entries, NavigableMap<Long, Double> own, long end, long length) {
      List<Map.Entry<Long, Double>> inside = new ArrayList<>();
      own.subMap(end - length, false, end, true).entrySet().stream()
          .filter(each -> !Sample.isStale(each.getValue()))
          .forEach(inside::add);
      int from = 0;
      while (from < entries.size() && entries.end(from) <= end - length) {
        from++;
      }
      int to = from;
      double count = 0;
      while (to < entries.size() && entries.end(to) <= end) {
        count += entries.value(Column.COUNT, to++);
      }
      assertThat(count).as(what).isEqualTo(inside.size());
      if (from < to) {
        assertFolded(what, entries, from, to, inside);
      }
    }
  }

  private static void assertFolded(
      String what, Rolled entries, int from, int to, List<Map.Entry<Long, Double>> samples) {
    double min = Double.NaN;
    double max = Double.NaN;
    double sum = 0;
    double size = 0;
    double rise = 0;
    for (int i = 0; i < samples.size(); i++) {
      double value = samples.get(i).getValue();
      min = !(min <= value) && !Double.isNaN(value) ? value : min;
      max = !(max >= value) && !Double.isNaN(value) ? value : max;
      sum += value;
      size += Double.isNaN(value) ? 0 : Math.abs(value);
      double before = i == 0 ? value : samples.get(i - 1).getValue();
      rise += value < before ? before : 0;
    }
    double low = Double.NaN;
    double high = Double.NaN;
    double total = 0;
    double lost = 0;
    for (int i = from; i < to; i++) {
      double one = entries.value(Column.MIN, i);
      double other = entries.value(Column.MAX, i);
      low = !(low <= one) && !Double.isNaN(one) ? one : low;
      high = !(high >= other) && !Double.isNaN(other) ? other : high;
      total += entries.value(Column.SUM, i);
      lost += entries.value(Column.LOST, i);
      if (i > from && entries.value(Column.FIRST, i) < entries.value(Column.LAST, i - 1)) {
        lost += entries.value(Column.LAST, i - 1);
      }
    }
    assertThat(low).as(what).isEqualTo(min);
    assertThat(high).as(what).isEqualTo(max);
    if (Double.isNaN(sum)) {
      assertThat(total).as(what).isNaN();
    } else {
      assertThat(total).as(what).isCloseTo(sum, within(1e-12 * size + 1e-300));
    }
    assertThat(lost).as(what).isCloseTo(rise, within(1e-12 * size + 1e-300));
    assertThat(entries.value(Column.FIRST, from)).as(what).isEqualTo(samples.getFirst().getValue());
    assertThat(entries.value(Column.LAST, to - 1)).as(what).isEqualTo(samples.getLast().getValue());
    assertThat((long) entries.value(Column.FIRST_TIME, from))
        .as(what)
        .isEqualTo(samples.getFirst().getKey());
    assertThat((long) entries.value(Column.LAST_TIME, to - 1))
        .as(what)
        .isEqualTo(samples.getLast().getKey());
  }
}
