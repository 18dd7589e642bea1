package hinomi.metricstore;

import static hinomi.metricstore.RolledLife.DAY;
import static hinomi.metricstore.RolledLife.HOUR;
import static hinomi.metricstore.RolledLife.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledSelection;
import hinomi.model.StoredSeries;
import hinomi.model.TimeRanges;
import hinomi.model.WriteBatch;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Resets;
import hinomi.model.histogram.Run;
import hinomi.model.histogram.Tally;
import hinomi.testkit.HistogramLife;
import hinomi.testkit.NearHistograms;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What buckets say of native histograms is what the histograms say: the first, the last, how many,
/// their sum and how much a counter rose; whatever is appended late, merged or begun anew, and
/// wherever the power goes.
class RollupHistogramLawTest {
  private static final double NEAR = 1e-9;

  @TempDir Path folder;
  private int run;
  private int used;

  @Test
  void bucketsSayWhatHistogramsSay() {
    Seeds.forAll(2, random -> live(random, Integer.MAX_VALUE));
    assertThat(used).isPositive();
  }

  @Test
  void aPowerCutLeavesBucketsThatSayWhatHistogramsSay() {
    Seeds.forAll(3, random -> live(random, 100 + random.nextInt(1000)));
    assertThat(used).isPositive();
  }

  @Test
  void bucketsOutliveTheirHistograms() {
    Seeds.forAll(
        2,
        random -> {
          try (Life life = new Life(random, Integer.MAX_VALUE, Duration.ofDays(3))) {
            for (int day = 0; day < 9; day++) {
              life.day();
            }
            life.settle();
            assertThat(life.rig.store.spacing(life.begin + DAY)).isPositive();
            life.check(new TimeRanges(life.begin + 6 * DAY, DAY, 3, 6 * DAY));
            life.check(new TimeRanges(life.begin + 6 * DAY, 2 * HOUR, 12, DAY));
            life.rig.reopen();
            life.check(new TimeRanges(life.begin + 5 * DAY, 15 * MINUTE, 40, HOUR));
            assertThat(used).isEqualTo(3);
            used = 0;
            life.checkLastOfBuckets();
          }
        });
  }

  private void live(Random random, int steps) throws IOException {
    try (Life life = new Life(random, steps, Duration.ofDays(90))) {
      life.live(
          9,
          () -> {
            switch (random.nextInt(8)) {
              case 0 -> life.late();
              case 1 -> life.rig.store.compact();
              case 2 -> life.beginAnew();
              default -> life.day();
            }
          });
      life.afterPowerCut(true);
    }
  }

  private static Labels labels(HistogramLife.Kind kind) {
    return Labels.of(Labels.NAME, "h", "kind", kind.name());
  }

  private final class Life extends RolledLife<Histogram> {
    final Map<Labels, HistogramLife> lives = new TreeMap<>();

    Life(Random random, int steps, Duration retention) throws IOException {
      super(folder.resolve("run" + run++), random, steps, retention);
      for (HistogramLife.Kind kind : HistogramLife.Kind.values()) {
        lives.put(labels(kind), new HistogramLife(random, kind));
        held.put(labels(kind), new TreeMap<>());
      }
    }

    NavigableMap<Long, Histogram> of(Labels labels) {
      return held.getOrDefault(labels, new TreeMap<>());
    }

    /// Histograms, with numbers and staleness markers now and then.
    @Override
    void half() {
      WriteBatch batch = new WriteBatch();
      Map<Labels, Map<Long, Histogram>> fresh = new TreeMap<>();
      lives.forEach((labels, own) -> {
        batch.series(labels);
        Map<Long, Histogram> mine = fresh.computeIfAbsent(labels, _ -> new TreeMap<>());
        long every = (5 + random.nextInt(40)) * MINUTE;
        for (long at = rig.now() - 12 * HOUR + 1; at <= rig.now(); at += every) {
          Histogram next = random.nextInt(60) == 0 ? Histogram.stale() : own.next();
          if (random.nextInt(300) == 0) {
            batch.point(at, random.nextInt(10));
          } else {
            batch.histogram(at, next);
            mine.put(at, next);
          }
        }
      });
      append(batch, fresh);
    }

    void late() {
      WriteBatch batch = new WriteBatch();
      Map<Labels, Map<Long, Histogram>> fresh = new TreeMap<>();
      lives.forEach((labels, own) -> {
        batch.series(labels);
        Map<Long, Histogram> mine = fresh.computeIfAbsent(labels, _ -> new TreeMap<>());
        for (int i = 0; i < 5; i++) {
          mine.put(rig.now() - random.nextLong(6 * DAY), own.next());
        }
        mine.keySet().removeAll(of(labels).keySet());
        mine.forEach(batch::histogram);
      });
      append(batch, fresh);
    }

    private void append(WriteBatch batch, Map<Labels, Map<Long, Histogram>> fresh) {
      assertThat(rig.store.append(batch).refusals()).isEmpty();
      fresh.forEach((labels, own) -> of(labels).putAll(own));
    }

    @Override
    void check() {
      for (int i = 0; i < 3; i++) {
        check(ranges(40, 4));
      }
    }

    void check(TimeRanges ranges) {
      Optional<RolledSelection> found = rolled(ranges);
      if (found.isEmpty()) {
        return;
      }
      used++;
      Map<Labels, Rolled> bySeries = entries(found.get());
      held.forEach((labels, own) -> {
        Rolled entries = bySeries.getOrDefault(labels, none());
        for (int i = 0; i < ranges.count(); i++) {
          long end = ranges.end(i);
          Collection<Histogram> inside =
              own.subMap(end - ranges.length(), false, end, true).values();
          assertSame(
              labels + " " + ranges + " " + i,
              inside.stream().filter(each -> !each.isStale()).toList(),
              within(entries, end - ranges.length(), end));
        }
      });
    }

    /// Where histograms are gone, the last of each bucket stands at its time.
    void checkLastOfBuckets() {
      long width = rig.store.spacing(begin + HOUR);
      for (StoredSeries each : rig.store.select(Rig.ALL, begin, begin + DAY)) {
        NavigableMap<Long, Histogram> newest = new TreeMap<>();
        of(each.labels())
            .subMap(begin, true, begin + DAY, true)
            .forEach((at, histogram) -> {
              if (!histogram.isStale()) {
                newest.merge(Math.ceilDiv(at, width), histogram, (_, later) -> later);
              }
            });
        Points points = new Points(0);
        each.read(points);
        List<Histogram> there = new ArrayList<>();
        for (int i = 0; i < points.histogramCount(); i++) {
          there.add(points.histogram(i));
        }
        assertThat(there).isEqualTo(List.copyOf(newest.values()));
      }
    }
  }

  private static @Nullable RolledHistogram within(Rolled entries, long from, long to) {
    Run together = new Run(entries.parts());
    @Nullable RolledHistogram before = null;
    for (int i = 0; i < entries.histogramCount(); i++) {
      RolledHistogram each = entries.histogram(i);
      if (each.end() > from && each.end() <= to) {
        together.add(each, before != null && Run.isAnew(before, each));
        before = each;
      }
    }
    return before == null ? null : together.at(to);
  }

  private static void assertSame(
      String what, List<Histogram> histograms, @Nullable RolledHistogram found) {
    if (histograms.isEmpty() || found == null) {
      assertThat(found == null).as(what).isEqualTo(histograms.isEmpty());
      return;
    }
    assertThat(found.count()).as(what).isEqualTo(histograms.size());
    assertThat(found.part(Part.FIRST)).as(what).contains(histograms.getFirst());
    assertThat(found.part(Part.LAST)).as(what).contains(histograms.getLast());
    assertNear(what, sum(histograms), found.part(Part.SUM));
    boolean fit = histograms.stream().map(Histogram::hasCustomBounds).distinct().count() == 1;
    if (fit) {
      assertNear(what, Optional.of(rise(histograms)), Optional.of(rise(found)));
    }
  }

  private static void assertNear(String what, Optional<Histogram> one, Optional<Histogram> other) {
    boolean near = one.isEmpty() && other.isEmpty();
    if (one.isPresent() && other.isPresent()) {
      near = NearHistograms.are(one.get(), other.get(), NEAR);
    }
    assertThat(near).as(what + ": " + one + " and " + other).isTrue();
  }

  /// One after the other.
  private static Optional<Histogram> sum(List<Histogram> histograms) {
    Tally sum = Tally.of(histograms.getFirst());
    for (Histogram each : histograms.subList(1, histograms.size())) {
      if (!sum.add(each)) {
        return Optional.empty();
      }
    }
    return Optional.of(sum.histogram());
  }

  private static Histogram rise(List<Histogram> histograms) {
    int from =
        histograms.size() > 1 && Resets.isBetween(histograms.get(0), histograms.get(1)) ? 1 : 0;
    Tally rise = Tally.of(histograms.getLast());
    rise.subtract(from == 0 ? histograms.getFirst() : Histograms.nothingLike(histograms.get(1)));
    for (int i = from + 1; i < histograms.size(); i++) {
      if (Resets.isBetween(histograms.get(i - 1), histograms.get(i))) {
        rise.add(histograms.get(i - 1));
      }
    }
    return rise.histogram().with(Histogram.Reset.GAUGE);
  }

  private static Histogram rise(RolledHistogram all) {
    Tally rise = Tally.of(all.part(Part.LAST).orElseThrow());
    rise.subtract(all.part(Part.SECOND).orElse(all.part(Part.FIRST).orElseThrow()));
    all.part(Part.LOST).ifPresent(rise::add);
    return rise.histogram().with(Histogram.Reset.GAUGE);
  }
}
