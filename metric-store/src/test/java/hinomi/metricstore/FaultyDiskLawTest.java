package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that writes short, runs full half-way and fails to sync: what was acknowledged is there
/// after a restart, what was not is not visible before, and the store goes on by itself when the
/// disk does.
class FaultyDiskLawTest {
  private static final Labels SERIES = Labels.of(Labels.NAME, "a");

  @TempDir Path folder;
  private int run;

  @Test
  void whatIsAcknowledgedSurvivesAFailingDisk() {
    Seeds.forAll(12, this::check);
  }

  private void check(Random random) {
    Path directory = folder.resolve("run" + run++);
    Faults faults = new Faults(random);
    Wal.Opener disk = file -> new FaultyChannel(Wal.DISK.open(file), faults);
    TreeMap<Long, Long> acknowledged = new TreeMap<>();
    List<Exemplar> exemplars = new ArrayList<>();
    List<Metadata> notes = new ArrayList<>();
    Rig rig = new Rig(Rig.config(directory), new SimTime(), disk);
    faults.on = true;
    int refused = 0;
    try (rig) {
      for (int i = 0; i < 60; i++) {
        long timestamp = rig.now() + i / 2;
        long bits = random.nextLong();
        try {
          WriteBatch batch = new WriteBatch();
          batch.series(SERIES);
          batch.point(timestamp, Double.longBitsToDouble(bits));
          Exemplar exemplar = new Exemplar(Labels.EMPTY, i, rig.now() + i);
          batch.exemplar(exemplar);
          Metadata note = new Metadata("a", "gauge", "note " + i, "");
          batch.metadata(note);
          if (rig.store.append(batch).accepted() == 1) {
            acknowledged.put(timestamp, bits);
          }
          exemplars.add(exemplar);
          notes.add(note);
        } catch (Unavailable e) {
          refused++;
        }
        if (!acknowledged.isEmpty()) {
          assertThat(rig.all().get(SERIES)).isEqualTo(acknowledged);
          checkBeside(rig, exemplars, notes);
        }
      }
      faults.on = false;
      long last = rig.now() + 1000;
      assertThat(rig.append(new Sample(SERIES, last, 0)).accepted()).isEqualTo(1);
      acknowledged.put(last, 0L);
    }
    assertThat(refused).isPositive();
    try (Rig reopened = new Rig(directory)) {
      assertThat(reopened.all().get(SERIES)).isEqualTo(acknowledged);
      checkBeside(reopened, exemplars, notes);
    }
  }

  private static void checkBeside(Rig rig, List<Exemplar> exemplars, List<Metadata> notes) {
    assertThat(rig.store.exemplars(Rig.ALL, 0, Long.MAX_VALUE))
        .isEqualTo(Map.of(SERIES, exemplars));
    assertThat(notes).containsAll(rig.store.metadata().getOrDefault("a", List.of()));
    assertThat(rig.store.metadata().getOrDefault("a", List.of())).contains(notes.getLast());
  }

  private static final class Faults implements FaultyChannel.Faults {
    private final Random random;
    private volatile boolean on;

    Faults(Random random) {
      this.random = random;
    }

    @Override
    public int take(int wanted) {
      return switch (on ? random.nextInt(8) : 7) {
        case 0 -> -random.nextInt(wanted) - 1;
        case 1, 2, 3 -> 1 + random.nextInt(wanted);
        default -> wanted;
      };
    }

    @Override
    public boolean syncFails() {
      return on && random.nextInt(6) == 0;
    }
  }
}
