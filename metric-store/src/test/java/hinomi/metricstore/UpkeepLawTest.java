package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
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

/// Appending, flushing, merging, deleting, backing up and restarting in any order answer like a map
/// of maps, also when the power goes in the midst of it: what was acknowledged is there, what was
/// deleted is not, and the store starts.
class UpkeepLawTest {
  private static final int SERIES = 6;

  @TempDir Path folder;
  private int run;

  @Test
  void theStoreAnswersLikeAMapWhateverIsDoneToItsBlocks() {
    Seeds.forAll(5, random -> live(random, Integer.MAX_VALUE, 80));
  }

  @Test
  void aPowerCutLosesNothingAndBringsNothingBack() {
    Seeds.forAll(25, random -> live(random, 1 + random.nextInt(300), 50));
  }

  @Test
  void aSampleStoredAgainAfterItsDeletionIsThere() throws IOException {
    Labels labels = Labels.of(Labels.NAME, "a");
    try (Rig rig = new Rig(folder.resolve("again"))) {
      Sample sample = new Sample(labels, rig.now(), 1);
      rig.append(sample, new Sample(labels, rig.now() - 1000, 2));
      rig.store.delete(Rig.ALL, Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(rig.all()).isEmpty();
      assertThat(rig.append(sample).accepted()).isEqualTo(1);
      assertThat(rig.all().get(labels)).containsOnlyKeys(rig.now());
      rig.store.cleanTombstones();
      rig.reopen();
      assertThat(rig.all().get(labels)).containsOnlyKeys(rig.now());
      rig.store.delete(Rig.ALL, rig.now(), rig.now());
      Sample other = new Sample(labels, rig.now(), 3);
      assertThat(rig.append(other).accepted()).isEqualTo(1);
      rig.store.compact();
      rig.reopen();
      assertThat(rig.all().get(labels)).containsOnlyKeys(rig.now());
    }
  }

  /// A store and what it must hold.
  private final class Life {
    final Path directory = folder.resolve("run" + run++);
    final Random random;
    final PowerCut disk;
    final SimTime time = new SimTime();
    Map<Labels, NavigableMap<Long, Long>> held = new TreeMap<>();

    /// What it may hold instead: the power went while this was being deleted.
    Map<Labels, NavigableMap<Long, Long>> orElse = held;

    final Map<String, Map<Labels, NavigableMap<Long, Long>>> backups = new HashMap<>();
    Rig rig;

    Life(Random random, int steps) throws IOException {
      this.random = random;
      Path trash = folder.resolve("trash" + run);
      Files.createDirectory(trash);
      disk = new PowerCut(random, trash, Integer.MAX_VALUE);
      rig = open(disk);
      disk.limit(steps);
    }

    Rig open(Volume volume) {
      return new Rig(Rig.config(directory), time, new MetricStore.Disks(Wal.DISK, volume));
    }

    void step() {
      switch (random.nextInt(14)) {
        case 0, 1 -> {
          time.advance(Duration.ofMinutes(random.nextInt(200)));
          rig.store.maintain();
        }
        case 2 -> rig.store.maintain();
        case 3 -> rig.store.compact();
        case 4, 5 -> delete();
        case 6 -> rig.store.cleanTombstones();
        case 7 -> backup();
        case 8 -> {
          rig.close();
          rig = open(disk);
        }
        default -> append();
      }
    }

    private void append() {
      for (int i = 1 + random.nextInt(20); i > 0; i--) {
        Labels labels = labels(random.nextInt(SERIES));
        long late = random.nextBoolean() ? random.nextInt(3_600_000) : 0;
        long timestamp = rig.now() - random.nextInt(8) * 1000L - late;
        NavigableMap<Long, Long> own = held.computeIfAbsent(labels, _ -> new TreeMap<>());
        long bits = random.nextLong() >>> 2 | (random.nextInt(4) == 0 ? 1L << 63 : 0);
        WriteBatch batch = new WriteBatch();
        batch.series(labels);
        RepeatedSamplesLawTest.put(batch, timestamp, bits);
        if (!own.containsKey(timestamp) && rig.store.append(batch).accepted() == 1) {
          own.put(timestamp, bits);
        }
        if (own.isEmpty()) {
          held.remove(labels);
        }
      }
      orElse = held;
    }

    private void delete() {
      Labels one = labels(random.nextInt(SERIES));
      List<Matcher> matchers =
          random.nextBoolean() ? Rig.ALL : List.of(Matcher.equal("i", one.get("i")));
      long from = rig.now() - random.nextInt(7_200_000);
      long to = random.nextInt(3) == 0 ? Long.MAX_VALUE : from + random.nextInt(7_200_000);
      orElse = copy(held);
      for (Labels labels : List.copyOf(orElse.keySet())) {
        if (Matcher.allMatch(matchers, labels)) {
          orElse.computeIfPresent(
              labels,
              (_, own) -> {
                own.subMap(from, true, to, true).clear();
                return own.isEmpty() ? null : own;
              });
        }
      }
      rig.store.delete(matchers, from, to);
      held = orElse;
    }

    private void backup() {
      Map<Labels, NavigableMap<Long, Long>> now = copy(held);
      backups.put(rig.store.snapshot(false), now);
    }

    void check() {
      Map<Labels, NavigableMap<Long, Long>> found = rig.all();
      if (!found.equals(orElse)) {
        assertThat(difference(found, held)).isEmpty();
      }
    }

    void checkBackups() throws IOException {
      for (Map.Entry<String, Map<Labels, NavigableMap<Long, Long>>> each : backups.entrySet()) {
        Path other = folder.resolve("restored" + run + "-" + each.getKey());
        Files.createDirectories(other);
        Rig.copy(directory.resolve("snapshots").resolve(each.getKey()), other.resolve("blocks"));
        try (Rig restored = new Rig(Rig.config(other), time, Wal.DISK)) {
          assertThat(restored.all()).isEqualTo(each.getValue());
          restored.store.compact();
          assertThat(restored.all()).isEqualTo(each.getValue());
        }
      }
    }
  }

  private void live(Random random, int steps, int actions) throws IOException {
    Life life = new Life(random, steps);
    try {
      for (int i = 0; i < actions && !life.disk.isDead(); i++) {
        life.step();
        if (i % 5 == 0) {
          life.check();
        }
      }
    } catch (Unavailable e) {
      assertThat(life.disk.isDead()).isTrue();
    }
    if (!life.disk.isDead()) {
      life.check();
    }
    life.rig.close();
    life.disk.cut();
    life.rig = life.open(Volume.REAL);
    try {
      life.check();
      Map<Labels, NavigableMap<Long, Long>> found = life.rig.all();
      life.rig.store.compact();
      life.rig.reopen();
      assertThat(life.rig.all()).isEqualTo(found);
      life.rig.store.cleanTombstones();
      life.rig.reopen();
      assertThat(life.rig.all()).isEqualTo(found);
      life.checkBackups();
    } finally {
      life.rig.close();
    }
  }

  /// What only one of them has, so that a broken law can be read.
  private static List<String> difference(
      Map<Labels, NavigableMap<Long, Long>> found, Map<Labels, NavigableMap<Long, Long>> held) {
    List<String> difference = new ArrayList<>();
    held.forEach((labels, own) -> {
      NavigableMap<Long, Long> there = found.getOrDefault(labels, new TreeMap<>());
      own.forEach((time, bits) -> {
        if (!bits.equals(there.get(time))) {
          difference.add("lost " + labels + " " + time);
        }
      });
    });
    found.forEach((labels, own) -> {
      NavigableMap<Long, Long> there = held.getOrDefault(labels, new TreeMap<>());
      own.keySet().stream()
          .filter(time -> !there.containsKey(time))
          .forEach(time -> difference.add("back " + labels + " " + time));
    });
    return difference;
  }

  private static Labels labels(int i) {
    return Labels.of(Labels.NAME, "m" + i % 2, "i", String.valueOf(i / 2), "職場", "取引所");
  }

  private static Map<Labels, NavigableMap<Long, Long>> copy(
      Map<Labels, NavigableMap<Long, Long>> of) {
    Map<Labels, NavigableMap<Long, Long>> copy = new TreeMap<>();
    new ArrayList<>(of.keySet()).forEach(labels -> copy.put(labels, new TreeMap<>(of.get(labels))));
    return copy;
  }
}
