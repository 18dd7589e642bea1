package hinomi.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.OverLimit;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes in, and whatever the stores do with it: received = stored + Σ dropped by reason.
final class AccountingTest {
  @TempDir Path directory;

  @Test
  void receivedIsStoredPlusDroppedForEverySignal() {
    Seeds.forAll(
        100,
        random -> {
          SimpleMeterRegistry registry = new SimpleMeterRegistry();
          SimTime time = new SimTime();
          try (Collector collector =
              new Collector(
                  CollectorConfig.of(directory),
                  new CollectorPorts(
                      batch -> moody(random, batch.samples()),
                      batch -> moody(random, batch.samples()),
                      batch -> moody(random, batch.size())),
                  time,
                  registry)) {
            int sent = 0;
            for (int i = random.nextInt(20); i >= 0; i--) {
              sent += exchange(random, collector, time);
            }
            assertEquals(sent, sum(registry, "received"));
            assertEquals(sent, sum(registry, "stored") + sum(registry, "dropped"));
          }
        });
  }

  private static int exchange(Random random, Collector collector, SimTime time) {
    List<Admission.Refusal> already =
        random.nextBoolean()
            ? List.of()
            : List.of(new Admission.Refusal("duplicate_label", random.nextInt(5), "twice"));
    int sent = already.stream().mapToInt(Admission.Refusal::count).sum();
    List<Sample> samples = new ArrayList<>();
    List<LogRecord> records = new ArrayList<>();
    for (int n = random.nextInt(30); n > 0; n--) {
      samples.add(new Sample(Labels.of("__name__", "m", "v", "x".repeat(4090 + n)), n, n));
      long hours = random.nextInt(400) - 399L;
      long at = time.now().plus(Duration.ofHours(hours)).toEpochMilli() * 1_000_000L;
      records.add(new LogRecord(Labels.of("job", "a"), at, "line"));
    }
    try {
      if (random.nextBoolean()) {
        sent += samples.size();
        Admission admission = collector.samples("remote_write", WriteBatch.of(samples), already);
        assertEquals(sent, admission.accepted() + admission.refused());
      } else {
        sent += records.size();
        Admission admission = collector.logs("otlp", records, already);
        assertEquals(sent, admission.accepted() + admission.refused());
      }
    } catch (Unavailable | OverLimit e) {
      // The sender is told; the items count as dropped, and once more when they are sent again.
    }
    return sent;
  }

  /// A store that takes all, or a part, or nothing.
  private static Admission moody(Random random, int size) {
    int refused = random.nextInt(size + 1);
    return switch (random.nextInt(4)) {
      case 0 -> throw new Unavailable("disk full");
      case 1 -> throw OverLimit.rate("queue full", Duration.ofSeconds(1));
      case 2 -> Admission.all(size);
      default ->
          new Admission(
              size - refused, List.of(new Admission.Refusal("out_of_order", refused, "late")));
    };
  }

  private static int sum(SimpleMeterRegistry registry, String what) {
    return (int)
        registry.find("hinomi.collector." + what).counters().stream()
            .mapToDouble(Counter::count)
            .sum();
  }

  @Test
  void aMistakeOfTheStoreIsCountedAndPassesThrough() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Collector collector =
        new Collector(
            CollectorConfig.of(directory),
            new CollectorPorts(
                _ -> {
                  throw new IllegalStateException("BUG: on purpose");
                },
                batch -> Admission.all(batch.samples()),
                batch -> Admission.all(batch.size())),
            new SimTime(),
            registry)) {
      WriteBatch batch = WriteBatch.of(List.of(new Sample(Labels.of("__name__", "m"), 1, 1)));
      assertThrows(
          IllegalStateException.class, () -> collector.samples("remote_write", batch, List.of()));
      assertEquals(1, sum(registry, "dropped"));
    }
  }
}
