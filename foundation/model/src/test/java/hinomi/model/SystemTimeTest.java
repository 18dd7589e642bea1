package hinomi.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SystemTimeTest {
  /// Whoever looks at the clock in a job finds that the job is due; otherwise it would be missed.
  @Test
  void noJobRunsBeforeItsTime() throws InterruptedException {
    int count = 500;
    Queue<Duration> early = new ConcurrentLinkedQueue<>();
    CountDownLatch run = new CountDownLatch(count);
    try (SystemTime time = new SystemTime()) {
      Instant begin = time.now();
      for (int i = 0; i < count; i++) {
        Instant when = begin.plusNanos(i * 370_003L);
        Cancel _ =
            time.at(
                when,
                "job",
                () -> {
                  Duration left = Duration.between(time.now(), when);
                  if (left.isPositive()) {
                    early.add(left);
                  }
                  run.countDown();
                });
      }
      assertTrue(run.await(20, TimeUnit.SECONDS));
    }
    assertEquals(0, early.size(), early::toString);
  }

  @Test
  void aCancelledJobDoesNotRun() throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    try (SystemTime time = new SystemTime()) {
      Instant now = time.now();
      Cancel job = time.at(now.plusMillis(200), "cancelled", cancelled::countDown);
      job.cancel();
      Cancel _ = time.at(now.plusMillis(250), "later", later::countDown);
      assertTrue(later.await(20, TimeUnit.SECONDS));
    }
    assertEquals(1, cancelled.getCount());
  }
}
