package hinomi.syntheticprobes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RunsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double skipped(String reason) {
    return registry.find("hinomi.probes.skipped").tag("reason", reason).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aProbeThatStillRunsIsSkippedAndSoIsOneTooMany() {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    try (Runs runs = new Runs(2, registry)) {
      Runnable slow =
          () -> {
            ran.incrementAndGet();
            started.countDown();
            await(end);
          };
      runs.fire("a", slow);
      runs.fire("b", slow);
      await(started);
      runs.fire("a", slow);
      runs.fire("c", slow);
      assertThat(skipped("overrun")).isEqualTo(1);
      assertThat(skipped("busy")).isEqualTo(1);
      end.countDown();
    }
    assertThat(ran).hasValue(2);
  }

  @Test
  void aRunThatFailsLetsTheNextOneRun() {
    try (Runs runs = new Runs(1, registry)) {
      CountDownLatch again = new CountDownLatch(1);
      runs.fire(
          "a",
          () -> {
            throw new IllegalStateException("BUG: for this test");
          });
      // The first may still be ending: then the firing is skipped, as in life.
      for (int i = 0; i < 1_000_000 && again.getCount() > 0; i++) {
        runs.fire("a", again::countDown);
        Thread.onSpinWait();
      }
      await(again);
    }
  }
}
