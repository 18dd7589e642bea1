package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.io.IOException;
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

/// The store against a map of maps, through any order of appends, flushes, restarts and crashes.
class ModelLawTest {
  private static final List<Matcher.Kind> KINDS = List.of(Matcher.Kind.values());

  @TempDir Path folder;
  private int run;

  @Test
  void theStoreAnswersLikeAMapThroughFlushesRestartsAndCrashes() {
    Seeds.forAll(8, this::compare);
  }

  private void compare(Random random) throws IOException {
    Path directory = folder.resolve("run" + run++);
    Model model = new Model();
    int crashes = 0;
    Rig rig = new Rig(directory);
    try {
      List<Sample> begin = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        begin.add(new Sample(labels(i % 3, i / 3), rig.now() - 5 * 3_600_000, 0));
      }
      assertThat(rig.store.append(begin)).isEqualTo(model.take(begin));
      for (int step = 0; step < 120; step++) {
        switch (random.nextInt(12)) {
          case 0 -> rig.time.advance(Duration.ofMinutes(random.nextInt(150)));
          case 1 -> rig.reopen();
          case 2 -> rig.store.maintain();
          case 3 -> rig.store.shortenLog();
          case 4 -> {
            // What lies on disk right after an acknowledgement is what a kill -9 leaves.
            Path copy = folder.resolve("run" + run + "-crash" + crashes++);
            Rig.copy(directory, copy);
            try (Rig crashed = new Rig(Rig.config(copy), rig.time, Wal.DISK)) {
              assertThat(crashed.all()).isEqualTo(model.samples);
            }
          }
          default -> append(random, rig, model);
        }
        if (step % 10 == 0) {
          assertThat(rig.all()).isEqualTo(model.samples);
          compareSelection(random, rig, model);
        }
      }
      assertThat(rig.all()).isEqualTo(model.samples);
    } finally {
      rig.close();
    }
  }

  private static void append(Random random, Rig rig, Model model) {
    List<Sample> batch = new ArrayList<>();
    int size = 1 + random.nextInt(300);
    long now = rig.now();
    for (int i = 0; i < size; i++) {
      Labels labels = labels(random.nextInt(3), random.nextInt(4));
      long timestamp = now - random.nextInt(4) * 15_000L - random.nextInt(15_000);
      if (random.nextInt(20) == 0) {
        timestamp = now - random.nextInt(5 * 3_600_000);
      }
      double value = random.nextInt(10) == 0 ? Sample.STALE : random.nextInt(5);
      batch.add(new Sample(labels, timestamp, value));
      if (random.nextInt(20) == 0) {
        batch.add(batch.get(random.nextInt(batch.size())));
      }
    }
    Admission expected = model.take(batch);
    Admission found = rig.store.append(batch);
    assertThat(found.accepted()).isEqualTo(expected.accepted());
    assertThat(counts(found)).isEqualTo(counts(expected));
  }

  private static Labels labels(int metric, int instance) {
    return Labels.of(Labels.NAME, "m" + metric, "i", String.valueOf(instance));
  }

  private static Map<String, Integer> counts(Admission admission) {
    Map<String, Integer> counts = new HashMap<>();
    admission.refusals().forEach(refusal -> counts.put(refusal.reason(), refusal.count()));
    return counts;
  }

  private static void compareSelection(Random random, Rig rig, Model model) {
    List<Matcher> matchers =
        List.of(
            new Matcher(Matcher.Kind.REGEX, Labels.NAME, "m[01]"),
            new Matcher(
                KINDS.get(random.nextInt(KINDS.size())), "i", String.valueOf(random.nextInt(5))));
    long from = rig.now() - random.nextInt(10 * 3_600_000);
    long to = from + random.nextInt(5 * 3_600_000);
    Map<Labels, NavigableMap<Long, Long>> expected = new TreeMap<>();
    model.samples.forEach((labels, samples) -> {
      NavigableMap<Long, Long> between = new TreeMap<>(samples.subMap(from, true, to, true));
      if (Matcher.allMatch(matchers, labels) && !between.isEmpty()) {
        expected.put(labels, between);
      }
    });
    assertThat(Rig.bits(rig.store.select(matchers, from, to))).isEqualTo(expected);
    assertThat(rig.store.series(matchers, from, to)).containsAll(expected.keySet()).isSorted();
  }

  /// The rules in their plainest form. Every series begins at once, so nothing is out of bounds.
  private static final class Model {
    final Map<Labels, NavigableMap<Long, Long>> samples = new TreeMap<>();

    Admission take(List<Sample> batch) {
      int accepted = 0;
      Map<String, Integer> refused = new HashMap<>();
      for (Sample sample : batch) {
        String reason = judge(sample);
        if (reason.isEmpty()) {
          accepted++;
          samples
              .computeIfAbsent(sample.labels(), _ -> new TreeMap<>())
              .put(sample.timestamp(), Double.doubleToRawLongBits(sample.value()));
        } else {
          refused.merge(reason, 1, Integer::sum);
        }
      }
      List<Admission.Refusal> refusals = new ArrayList<>();
      refused.forEach((reason, count) -> refusals.add(new Admission.Refusal(reason, count, "")));
      return new Admission(accepted, refusals);
    }

    private String judge(Sample sample) {
      NavigableMap<Long, Long> held = samples.get(sample.labels());
      if (held == null) {
        return "";
      }
      if (sample.timestamp() < held.lastKey() - 3_600_000) {
        return "too_old";
      }
      Long bits = held.get(sample.timestamp());
      return bits == null || bits == Double.doubleToRawLongBits(sample.value())
          ? ""
          : "duplicate_timestamp";
    }
  }
}
