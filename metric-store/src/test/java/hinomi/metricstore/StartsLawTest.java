package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each sample keeps its own start timestamp, or keeps having none, against a map of maps: in
/// whatever order samples come, through flushes, merges, deletions, snapshots of the head, backups,
/// restarts and kills.
class StartsLawTest {
  private static final int SERIES = 5;

  @TempDir Path folder;
  private int run;

  @Test
  void everySampleKeepsItsOwnStart() {
    Seeds.forAll(12, this::live);
  }

  private final class Life {
    final Path directory = folder.resolve("run" + run++);
    final SimTime time = new SimTime();
    final Random random;
    final Map<Labels, NavigableMap<Long, String>> held = new TreeMap<>();
    final Map<String, Map<Labels, NavigableMap<Long, String>>> backups = new HashMap<>();
    final long[] starts = new long[SERIES];
    Rig rig;

    Life(Random random) {
      this.random = random;
      this.rig = open(directory);
    }

    private Rig open(Path where) {
      return new Rig(Rig.keepingStarts(where), time, Wal.DISK);
    }

    void step() throws IOException {
      switch (random.nextInt(16)) {
        case 0, 1 -> {
          time.advance(Duration.ofMinutes(random.nextInt(200)));
          rig.store.maintain();
        }
        case 2 -> rig.store.compact();
        case 3 -> delete();
        case 4 -> rig.store.cleanTombstones();
        case 5 -> backups.put(rig.store.snapshot(false), copy(held));
        case 6 -> {
          rig.close();
          rig = open(directory);
        }
        case 7 -> rig.store.shortenLog();
        case 8 -> {
          Path copy = folder.resolve("killed" + run++);
          Rig.copy(directory, copy);
          try (Rig killed = open(copy)) {
            assertThat(all(killed)).isEqualTo(held);
          }
        }
        default -> append();
      }
    }

    private void append() {
      WriteBatch batch = new WriteBatch();
      boolean plain = random.nextInt(4) == 0;
      for (int i = 0; i < SERIES; i++) {
        Labels labels = labels(i);
        batch.series(labels);
        NavigableMap<Long, String> own = held.computeIfAbsent(labels, _ -> new TreeMap<>());
        for (int j = random.nextInt(6); j > 0; j--) {
          long late = random.nextInt(3) == 0 ? random.nextInt(3_000_000) : 0;
          long timestamp = rig.now() - random.nextInt(8) * 1000L - late;
          long start = plain ? 0 : start(i, timestamp);
          boolean tooOld = !own.isEmpty() && timestamp < own.lastKey() - 3_600_000;
          if (tooOld || own.containsKey(timestamp)) {
            continue;
          }
          double value = random.nextInt(5);
          if (i == 0) {
            batch.histogram(timestamp, histogram(value), start);
          } else {
            batch.point(timestamp, value);
            batch.startedAt(start);
          }
          own.put(timestamp, value + " since " + (start > timestamp ? 0 : start));
        }
        if (own.isEmpty()) {
          held.remove(labels);
        }
      }
      assertThat(rig.store.append(batch).refusals()).isEmpty();
    }

    /// Mostly the same as before; sometimes none, or anew with each sample.
    private long start(int series, long timestamp) {
      return switch (random.nextInt(8)) {
        case 0 -> 0;
        case 1 -> timestamp - random.nextInt(20_000);
        case 2 -> timestamp;
        case 3 -> starts[series] = timestamp - 1000L * random.nextInt(20);
        case 4 -> timestamp + 1 + random.nextInt(5);
        default -> starts[series];
      };
    }

    private void delete() {
      List<Matcher> matchers =
          random.nextBoolean() ? Rig.ALL : List.of(Matcher.equal("i", "" + random.nextInt(SERIES)));
      long from = rig.now() - random.nextInt(7_200_000);
      long to = from + random.nextInt(7_200_000);
      for (Labels labels : List.copyOf(held.keySet())) {
        if (Matcher.allMatch(matchers, labels)) {
          held.computeIfPresent(
              labels,
              (_, own) -> {
                own.subMap(from, true, to, true).clear();
                return own.isEmpty() ? null : own;
              });
        }
      }
      rig.store.delete(matchers, from, to);
    }

    void checkBackups() throws IOException {
      for (Map.Entry<String, Map<Labels, NavigableMap<Long, String>>> each : backups.entrySet()) {
        Path other = folder.resolve("restored" + run++);
        Files.createDirectories(other);
        Rig.copy(directory.resolve("snapshots").resolve(each.getKey()), other.resolve("blocks"));
        try (Rig restored = open(other)) {
          assertThat(all(restored)).isEqualTo(each.getValue());
        }
      }
    }
  }

  private void live(Random random) throws IOException {
    Life life = new Life(random);
    try {
      for (int i = 0; i < 60; i++) {
        life.step();
        assertThat(all(life.rig)).isEqualTo(life.held);
        checkParts(life.rig, random);
      }
      life.rig.store.compact();
      assertThat(all(life.rig)).isEqualTo(life.held);
      life.rig.reopen();
      assertThat(all(life.rig)).isEqualTo(life.held);
      life.checkBackups();
    } finally {
      life.rig.close();
    }
  }

  /// A stretch says of its samples what the whole does.
  private static void checkParts(Rig rig, Random random) {
    Map<Labels, NavigableMap<Long, String>> whole = all(rig);
    long from = rig.now() - random.nextInt(4_000_000);
    long to = from + random.nextInt(1_000_000);
    for (int again = 0; again < 2; again++) {
      all(rig, from, to)
          .forEach((labels, own) ->
              assertThat(own)
                  .isEqualTo(
                      whole.getOrDefault(labels, new TreeMap<>()).subMap(from, true, to, true)));
    }
  }

  private static Labels labels(int i) {
    return Labels.of(Labels.NAME, "m" + i % 2, "i", String.valueOf(i));
  }

  private static Histogram histogram(double count) {
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        0,
        0,
        count,
        count,
        1,
        Histogram.Buckets.NONE,
        Histogram.Buckets.NONE,
        new double[0]);
  }

  private static Map<Labels, NavigableMap<Long, String>> all(Rig rig) {
    return all(rig, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static Map<Labels, NavigableMap<Long, String>> all(Rig rig, long from, long to) {
    Map<Labels, NavigableMap<Long, String>> all = new TreeMap<>();
    Points points = new Points(0);
    for (StoredSeries series : rig.store.select(Rig.ALL, from, to)) {
      points.clear();
      series.read(points);
      NavigableMap<Long, String> own = new TreeMap<>();
      for (int i = 0; i < points.size(); i++) {
        own.put(points.timestamp(i), points.value(i) + " since " + points.start(i));
      }
      for (int i = 0; i < points.histogramCount(); i++) {
        double count = points.histogram(i).count();
        own.put(points.histogramTimestamp(i), count + " since " + points.histogramStart(i));
      }
      if (!own.isEmpty()) {
        all.put(series.labels(), own);
      }
    }
    return all;
  }

  private static Map<Labels, NavigableMap<Long, String>> copy(
      Map<Labels, NavigableMap<Long, String>> of) {
    Map<Labels, NavigableMap<Long, String>> copy = new TreeMap<>();
    new ArrayList<>(of.keySet()).forEach(labels -> copy.put(labels, new TreeMap<>(of.get(labels))));
    return copy;
  }
}
