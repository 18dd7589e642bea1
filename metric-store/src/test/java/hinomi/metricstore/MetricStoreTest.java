package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricStoreTest {
  @TempDir Path folder;

  @Test
  void aDirectoryInUseIsRefusedInOneSentence() {
    try (Rig rig = new Rig(folder)) {
      assertThatThrownBy(
              () -> MetricStore.open(rig.config, new SimTime(), new SimpleMeterRegistry()))
          .isInstanceOf(Unavailable.class)
          .hasMessage("the metric data in " + folder + " is in use by this process");
      rig.reopen();
    }
  }

  @Test
  void whatAToolBringsMayBeAMonthOld() {
    Labels known = Labels.of(Labels.NAME, "known");
    Labels fresh = Labels.of(Labels.NAME, "fresh");
    try (Rig rig = new Rig(folder)) {
      rig.append(new Sample(known, rig.now(), 1));
      long old = rig.now() - Duration.ofDays(29).toMillis();
      long older = rig.now() - Duration.ofDays(31).toMillis();
      List<Sample> past =
          List.of(
              new Sample(known, old, 2),
              new Sample(known, older, 3),
              new Sample(fresh, older, 4),
              new Sample(fresh, old, 5),
              new Sample(fresh, old + 1, 6));
      assertThat(rig.store.append(past).accepted()).isZero();
      Admission brought = rig.store.backfill(WriteBatch.of(past));
      assertThat(brought.accepted()).isEqualTo(3);
      assertThat(brought.refusals())
          .extracting(Admission.Refusal::reason)
          .containsExactlyInAnyOrder("too_old", "out_of_bounds");
      assertThat(rig.store.backfill(WriteBatch.of(past)).accepted()).isEqualTo(3);
      assertThat(rig.all().get(known)).hasSize(2);
      assertThat(rig.all().get(fresh)).hasSize(2);
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    Rig rig = new Rig(folder);
    rig.close();
    assertThatThrownBy(() -> rig.append(new Sample(Labels.of(Labels.NAME, "a"), 0, 1)))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void manyWritersAndReadersAtOnceLoseNothing() throws InterruptedException {
    int writers = 16;
    int batches = 40;
    CountDownLatch done = new CountDownLatch(writers);
    AtomicBoolean reading = new AtomicBoolean(true);
    ConcurrentHashMap<String, Throwable> failures = new ConcurrentHashMap<>();
    try (Rig rig = new Rig(folder)) {
      long start = rig.now();
      for (int w = 0; w < writers; w++) {
        Labels labels = Labels.of(Labels.NAME, "m", "writer", String.valueOf(w));
        Thread.startVirtualThread(() -> {
          try {
            for (int b = 0; b < batches; b++) {
              rig.append(new Sample(labels, start + b, b), new Sample(labels, start - b - 1, b));
              StoredSeries own =
                  rig.store
                      .select(List.of(Matcher.equal("writer", labels.get("writer"))), 0, start + b)
                      .getFirst();
              assertThat(own.size()).isEqualTo(2 * (b + 1));
            }
          } catch (RuntimeException | AssertionError e) {
            failures.put("writer", e);
          }
          done.countDown();
        });
      }
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (reading.get()) {
                    rig.all();
                    rig.store.maintain();
                  }
                } catch (RuntimeException | AssertionError e) {
                  failures.put("reader", e);
                }
              });
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      reading.set(false);
      reader.join();
      assertThat(failures).isEmpty();
      rig.reopen();
      assertThat(rig.all()).hasSize(writers);
      rig.all().values().forEach(samples -> assertThat(samples).hasSize(2 * batches));
    }
  }

  @Test
  void whatACrashLeftUnfinishedIsClearedAway() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.append(new Sample(Labels.of(Labels.NAME, "a"), rig.now(), 1));
    }
    Files.writeString(folder.resolve("blocks/000000000007-0.block.tmp"), "half");
    Files.writeString(folder.resolve("blocks/000000000008-0.block"), "no block");
    Files.writeString(folder.resolve("wal/000000000009.snapshot.tmp"), "half");
    Files.write(folder.resolve("wal/000000000009.wal"), new byte[3]);
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.all()).hasSize(1);
      assertThat(folder.resolve("blocks/000000000007-0.block.tmp")).doesNotExist();
      assertThat(folder.resolve("quarantine/000000000008-0.block")).exists();
      rig.append(new Sample(Labels.of(Labels.NAME, "a"), rig.now() + 1, 2));
      rig.reopen();
      assertThat(rig.all().values().iterator().next()).hasSize(2);
    }
  }

  @Test
  void aCrashBetweenABlockAndTheSnapshotCountsNothingTwice() {
    Path store = folder.resolve("store");
    Path crashed = folder.resolve("crashed");
    Labels labels = Labels.of(Labels.NAME, "a");
    try (Rig rig = new Rig(store)) {
      for (int i = 0; i < 500; i++) {
        rig.append(new Sample(labels, rig.now() + i * 1000L, i));
      }
      rig.time.advance(Duration.ofHours(5));
      rig.append(new Sample(labels, rig.now(), 1));
      Rig.copy(store.resolve("wal"), crashed.resolve("wal"));
      rig.store.maintain();
      Rig.copy(store.resolve("blocks"), crashed.resolve("blocks"));
      Rig again = new Rig(Rig.config(crashed), rig.time, Wal.DISK);
      try (again) {
        assertThat(again.all()).isEqualTo(rig.all());
        assertThat(again.append(new Sample(labels, rig.now() - 1, 7)).accepted()).isEqualTo(1);
        again.store.maintain();
        assertThat(again.all().get(labels)).hasSize(502);
      }
    }
  }

  @Test
  void segmentsThatComeBackAfterASnapshotAreIgnored() throws Exception {
    Path kept = folder.resolve("kept.wal");
    Path store = folder.resolve("store");
    Labels labels = Labels.of(Labels.NAME, "a");
    try (Rig rig = new Rig(store)) {
      rig.append(new Sample(labels, rig.now(), 1));
      Files.copy(store.resolve("wal/000000000001.wal"), kept);
      rig.store.shortenLog();
      assertThat(store.resolve("wal/000000000001.wal")).doesNotExist();
      rig.append(new Sample(labels, rig.now() + 1, 2));
    }
    Files.copy(kept, store.resolve("wal/000000000001.wal"));
    try (Rig rig = new Rig(store)) {
      assertThat(rig.all().get(labels)).hasSize(2);
      assertThat(rig.append(new Sample(labels, rig.now(), 9)).accepted()).isZero();
    }
  }

  @Test
  void everyMistakeOfTheSettingsIsTold() {
    Mistakes mistakes = new Mistakes();
    MetricStoreConfig.from(
        Yaml.parse("hinomi.yaml", "block-span: 1s\nretention: soon\nmax-series: 0\n", mistakes),
        folder);
    assertThat(mistakes.all()).hasSize(3);
    assertThat(MetricStoreConfig.from(Yaml.parse("x", "", new Mistakes()), folder))
        .isEqualTo(MetricStoreConfig.defaults(folder));
  }
}
