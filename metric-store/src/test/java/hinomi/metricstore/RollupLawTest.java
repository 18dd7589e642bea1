package hinomi.metricstore;

import static hinomi.metricstore.RolledLife.DAY;
import static hinomi.metricstore.RolledLife.HOUR;
import static hinomi.metricstore.RolledLife.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledSelection;
import hinomi.model.Sample;
import hinomi.model.TimeRanges;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
          try (Life life = new Life(random, Integer.MAX_VALUE, Duration.ofDays(3))) {
            for (int day = 0; day < 9; day++) {
              life.day();
            }
            life.settle();
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
          }
        });
  }

  private void live(Random random, int steps) throws IOException {
    try (Life life = new Life(random, steps, Duration.ofDays(90))) {
      life.live(
          14,
          () -> {
            switch (random.nextInt(10)) {
              case 0 -> life.late();
              case 1 -> life.delete();
              case 2 -> life.rig.store.cleanTombstones();
              case 3 -> life.rig.store.compact();
              case 4 -> life.beginAnew();
              default -> life.day();
            }
          });
      life.afterPowerCut(!life.deleting);
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

  private final class Life extends RolledLife<Double> {
    boolean deleting; // whether a deletion was cut off, which may have done half of its work

    Life(Random random, int steps, Duration retention) throws IOException {
      super(folder.resolve("run" + run++), random, steps, retention);
    }

    /// Samples of some series, in random distances.
    @Override
    void half() {
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
      deleting = true;
      rig.store.delete(matchers, from, to);
      deleting = false;
      held.forEach((labels, own) -> {
        if (Matcher.allMatch(matchers, labels)) {
          own.subMap(from, true, to, true).clear();
        }
      });
    }

    @Override
    void check() {
      for (int i = 0; i < 6; i++) {
        check(ranges(60, 10), true);
      }
    }

    void checkWhole(TimeRanges ranges) {
      int before = used;
      check(ranges, false);
      assertThat(used).isGreaterThan(before);
    }

    void check(TimeRanges ranges, boolean exact) {
      Optional<RolledSelection> found = rolled(ranges);
      if (found.isEmpty()) {
        return;
      }
      used++;
      if (exact) {
        assertThat(found.get().exact()).isTrue();
      }
      Map<Labels, Rolled> entries = entries(found.get());
      held.forEach((labels, own) -> {
        for (int i = 0; i < ranges.count(); i++) {
          String what = labels + " " + ranges + " " + i;
          check(what, entries.getOrDefault(labels, none()), own, ranges.end(i), ranges.length());
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
    // As objects, for NaN is NaN here.
    assertThat(low).as(what).isEqualTo(Double.valueOf(min));
    assertThat(high).as(what).isEqualTo(Double.valueOf(max));
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
