package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full or broken at any step of writing blocks, snapshots of memory, deletions and
/// backups: nothing that was acknowledged is missing, then or after a restart, a backup that was
/// made is whole, and when the disk is well again so is the store, with no file too many.
class FailingDiskLawTest {
  private static final int SERIES = 4;

  @TempDir Path folder;
  private int run;

  @Test
  void nothingIsLostByADiskThatFailsNowAndThen() {
    Seeds.forAll(15, random -> new Life(random).live());
  }

  private record Sample(Labels labels, long timestamp) {}

  private final class Life {
    final Random random;
    final Path directory = folder.resolve("run" + run++);
    final FailingVolume disk;
    final SimTime time = new SimTime();
    final Map<Labels, NavigableMap<Long, Long>> held = new TreeMap<>();

    /// What a deletion meant that was answered with an error: it may be gone.
    final Set<Sample> unsure = new HashSet<>();

    final Map<String, Map<Labels, NavigableMap<Long, Long>>> backups = new HashMap<>();
    Rig rig;

    Life(Random random) {
      this.random = random;
      this.disk = new FailingVolume(random);
      this.rig = open();
    }

    private Rig open() {
      return new Rig(Rig.config(directory), time, new MetricStore.Disks(Wal.DISK, disk));
    }

    void live() throws IOException {
      for (int i = 0; i < 70; i++) {
        disk.setBad(i % 20 > 4);
        try {
          step();
        } catch (Unavailable e) {
          assertThat(disk.failures()).isPositive();
        }
        check();
      }
      disk.setBad(false);
      rig.store.maintain();
      rig.store.compact();
      check();
      rig.store.cleanTombstones();
      rig.reopen();
      check();
      assertThat(files("blocks").filter(file -> file.endsWith(".tmp"))).isEmpty();
      checkBackups();
      rig.close();
    }

    private Stream<String> files(String part) throws IOException {
      try (Stream<Path> files = Files.list(directory.resolve(part))) {
        return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
      }
    }

    private void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> {
          time.advance(Duration.ofMinutes(random.nextInt(200)));
          rig.store.maintain();
        }
        case 3 -> rig.store.compact();
        case 4 -> delete();
        case 5 -> rig.store.cleanTombstones();
        case 6 -> {
          Map<Labels, NavigableMap<Long, Long>> now = rig.all();
          backups.put(rig.store.snapshot(false), now);
        }
        case 7 -> {
          disk.setBad(false); // whether a store starts on a broken disk is another question
          rig.close();
          rig = open();
        }
        default -> append();
      }
    }

    private void append() {
      for (int i = 1 + random.nextInt(20); i > 0; i--) {
        Labels labels = Labels.of(Labels.NAME, "m", "i", "v" + random.nextInt(SERIES));
        long timestamp = rig.now() - random.nextInt(8) * 1000L - random.nextInt(3_600_000);
        long bits = random.nextLong() >>> 2 | (random.nextInt(4) == 0 ? 1L << 63 : 0);
        NavigableMap<Long, Long> own = held.computeIfAbsent(labels, _ -> new TreeMap<>());
        if (!own.containsKey(timestamp)) {
          WriteBatch batch = new WriteBatch();
          batch.series(labels);
          RepeatedSamplesLawTest.put(batch, timestamp, bits);
          if (rig.store.append(batch).accepted() == 1) {
            own.put(timestamp, bits);
          }
        }
      }
    }

    private void delete() {
      Labels labels = Labels.of(Labels.NAME, "m", "i", "v" + random.nextInt(SERIES));
      long from = rig.now() - random.nextInt(7_200_000);
      long to = from + random.nextInt(3_600_000);
      NavigableMap<Long, Long> meant =
          held.getOrDefault(labels, new TreeMap<>()).subMap(from, true, to, true);
      try {
        rig.store.delete(List.of(Matcher.equal("i", labels.get("i"))), from, to);
        meant.clear();
      } catch (Unavailable e) {
        meant.keySet().forEach(timestamp -> unsure.add(new Sample(labels, timestamp)));
      }
    }

    private void check() {
      Map<Labels, NavigableMap<Long, Long>> found = rig.all();
      held.forEach((labels, own) -> {
        NavigableMap<Long, Long> there = found.getOrDefault(labels, new TreeMap<>());
        own.entrySet()
            .removeIf(sample ->
                !there.containsKey(sample.getKey())
                    && unsure.remove(new Sample(labels, sample.getKey())));
      });
      held.values().removeIf(NavigableMap::isEmpty);
      assertThat(found).isEqualTo(held);
    }

    private void checkBackups() throws IOException {
      for (Map.Entry<String, Map<Labels, NavigableMap<Long, Long>>> each : backups.entrySet()) {
        Path other = folder.resolve("restored" + run + "-" + each.getKey());
        Files.createDirectories(other);
        Rig.copy(directory.resolve("snapshots").resolve(each.getKey()), other.resolve("blocks"));
        try (Rig restored = new Rig(Rig.config(other), time, Wal.DISK)) {
          assertThat(restored.all()).isEqualTo(each.getValue());
        }
      }
    }
  }
}
