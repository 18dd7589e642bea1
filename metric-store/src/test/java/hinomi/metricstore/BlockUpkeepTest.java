package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockUpkeepTest {
  private static final Labels A = Labels.of(Labels.NAME, "a");
  private static final Labels B = Labels.of(Labels.NAME, "b");

  @TempDir Path folder;

  @Test
  void aDamagedChunkFailsOneQueryIsToldAndLeftOutOfTheBlockFromThenOn() throws IOException {
    try (Rig rig = new Rig(folder)) {
      for (int i = 0; i < 100; i++) {
        rig.append(
            new Sample(A, rig.now() + i * 1000L, Math.sin(i)),
            new Sample(B, rig.now() + i * 1000L, Math.cos(i)));
      }
      rig.store.compact();
    }
    flip(only("blocks"), 100); // in the values of the first series, behind the column of times
    try (Rig rig = new Rig(folder)) {
      assertThatThrownBy(rig::all)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("damaged")
          .hasMessageContaining("samples of a from 2026-03-02T00:00:00Z");
      assertThat(rig.all()).containsOnlyKeys(B);
      assertThat(rig.all().get(B)).hasSize(100);
      Path before = only("blocks");
      rig.store.maintain();
      rig.store.cleanTombstones();
      assertThat(only("blocks")).isNotEqualTo(before);
      assertThat(only("quarantine").toString()).endsWith(".chunk");
      double told =
          rig.registry.get("hinomi.metricstore.damaged").tag("where", "block").counter().count();
      assertThat(told).isEqualTo(1);
      rig.reopen();
      assertThat(rig.all()).containsOnlyKeys(B);
    }
  }

  @Test
  void aBlockWithADamagedIndexIsSetAsideWhole() throws IOException {
    try (Rig rig = new Rig(folder)) {
      rig.append(new Sample(A, rig.now(), 1));
      rig.store.compact();
      rig.append(new Sample(A, rig.now() + 1, 2));
    }
    Path block = only("blocks");
    flip(block, Files.size(block) - 100);
    try (Rig rig = new Rig(folder)) {
      assertThatThrownBy(rig::all).isInstanceOf(Unavailable.class).hasMessageContaining("index");
      assertThat(rig.all().get(A)).containsOnlyKeys(rig.now() + 1);
      assertThat(only("quarantine").getFileName()).isEqualTo(block.getFileName());
    }
  }

  @Test
  void aReplacedBlockThatIsBackDoesNotCount() throws IOException {
    Path kept = folder.resolve("kept");
    try (Rig rig = new Rig(folder.resolve("store"))) {
      rig.append(new Sample(A, rig.now(), 1), new Sample(A, rig.now() + 1, 2));
      rig.store.compact();
      Rig.copy(folder.resolve("store/blocks"), kept);
      rig.store.delete(Rig.ALL, rig.now(), rig.now());
      rig.store.cleanTombstones();
    }
    Path old = only("kept");
    Path back = folder.resolve("store/blocks").resolve(old.getFileName());
    Files.copy(old, back);
    try (Rig rig = new Rig(folder.resolve("store"))) {
      assertThat(rig.all().get(A)).containsOnlyKeys(rig.now() + 1);
      assertThat(back).doesNotExist();
    }
  }

  @Test
  void aMonthFilledInLateBecomesABlockADay() {
    MetricStoreConfig usual = Rig.config(folder);
    MetricStoreConfig config =
        new MetricStoreConfig(
            folder,
            usual.retention(),
            0,
            usual.blockSpan(),
            Duration.ofDays(30),
            usual.backfillWindow(),
            usual.maxAhead(),
            usual.startTimestamps(),
            usual.series(),
            Duration.ZERO,
            usual.maxPendingSamples(),
            usual.rollups());
    Random random = new Random(1);
    NavigableMap<Long, Long> held = new TreeMap<>();
    try (Rig rig = new Rig(config, new SimTime(), Wal.DISK)) {
      for (int round = 0; round < 4; round++) {
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample(A, rig.now(), round));
        for (int i = 0; i < 2000; i++) {
          long late = random.nextLong(Duration.ofDays(29).toMillis());
          samples.add(new Sample(A, rig.now() - late, i));
        }
        samples.forEach(
            each -> held.put(each.timestamp(), Double.doubleToRawLongBits(each.value())));
        assertThat(rig.store.append(samples).accepted()).isEqualTo(samples.size());
        rig.time.advance(Duration.ofHours(3));
        assertThat(rig.all()).isEqualTo(Map.of(A, held));
      }
      rig.store.compact();
      assertThat(rig.all()).isEqualTo(Map.of(A, held));
      assertThat(rig.registry.get("hinomi.metricstore.blocks").gauge().value())
          .isBetween(29.0, 31.0);
      rig.reopen();
      assertThat(rig.all()).isEqualTo(Map.of(A, held));
    }
  }

  @Test
  void aFullDiskLeavesBlocksAsTheyAreAndMergingIsTriedAgain() {
    Full disk = new Full();
    MetricStore.Disks disks = new MetricStore.Disks(Wal.DISK, disk);
    try (Rig rig = new Rig(Rig.config(folder), new SimTime(), disks)) {
      for (int i = 0; i < 3; i++) {
        rig.append(new Sample(A, rig.now() + i, i));
        rig.store.delete(List.of(Matcher.equal(Labels.NAME, "none")), 0, 1);
      }
      disk.room = 10;
      assertThatThrownBy(rig.store::compact).isInstanceOf(Unavailable.class);
      assertThat(rig.all().get(A)).hasSize(3);
      double failed = rig.registry.get("hinomi.metricstore.compactions.failed").counter().count();
      assertThat(failed).isEqualTo(1);
      disk.room = Long.MAX_VALUE;
      rig.store.compact();
      assertThat(rig.registry.get("hinomi.metricstore.blocks").gauge().value()).isEqualTo(1);
      assertThat(rig.all().get(A)).hasSize(3);
    }
  }

  /// A disk that says how much room it has.
  private static final class Full extends RealVolume {
    private volatile long room = Long.MAX_VALUE;

    @Override
    public long room(Path folder) {
      return room;
    }
  }

  private Path only(String in) {
    try (Stream<Path> files = Files.list(folder.resolve(in))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 4;
    Files.write(file, bytes);
  }
}
