package hinomi.agent.ship;

import hinomi.agent.spool.Batch;
import hinomi.agent.spool.Spool;
import hinomi.model.Failure;
import hinomi.model.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ships the batches of one spool, one after the other, oldest first, on a thread of its own. A
/// batch leaves the spool when the server has taken it or refused it for good; what is refused is
/// counted. Closing stops at once: what is not shipped waits in the spool.
public final class Shipper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shipper.class);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final String queue;
  private final Spool spool;
  private final Courier courier;
  private final Time time;
  private final MeterRegistry registry;
  private final Counter shipped;
  private final Counter retries;
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final Set<String> refusals = new HashSet<>();
  private boolean waiting;

  private Shipper(String queue, Spool spool, Courier courier, Time time, MeterRegistry registry) {
    this.queue = queue;
    this.spool = spool;
    this.courier = courier;
    this.time = time;
    this.registry = registry;
    this.shipped = registry.counter("hinomi.agent.shipped", "queue", queue);
    this.retries = registry.counter("hinomi.agent.retries", "queue", queue);
    this.thread = Thread.ofVirtual().name("agent-ship-" + queue).unstarted(this::run);
  }

  /// @param queue value of the label `queue` of its meters
  public static Shipper start(
      String queue, Spool spool, Courier courier, Time time, MeterRegistry registry) {
    Shipper shipper = new Shipper(queue, spool, courier, time, registry);
    shipper.thread.start();
    return shipper;
  }

  private void run() {
    try {
      while (stop.getCount() > 0) {
        try {
          Optional<Batch> batch = spool.peek(IDLE);
          if (batch.isPresent()) {
            ship(batch.get());
          }
        } catch (Failure e) {
          // The disk does not answer. It may, later.
          later(new Answer.Later(Optional.empty(), e.reason()));
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void ship(Batch batch) throws InterruptedException {
    Answer answer;
    try {
      answer = Answer.judge(courier.post(batch), batch.items(), time.now());
    } catch (IOException e) {
      answer = new Answer.Later(Optional.empty(), e.toString());
    }
    switch (answer) {
      case Answer.Done done -> {
        spool.done(batch);
        done(done, batch.items());
      }
      case Answer.Later later -> later(later);
    }
  }

  private void done(Answer.Done done, int items) {
    backoff.reset();
    if (waiting) {
      waiting = false;
      log.atInfo().addKeyValue("queue", queue).log("server takes data again");
    }
    shipped.increment((double) items - done.refused());
    if (done.refused() > 0) {
      registry
          .counter("hinomi.agent.dropped", "queue", queue, "reason", "refused")
          .increment((double) done.refused());
      // Digits differ from batch to batch; the kind of refusal is what is told once.
      String kind = done.reason().replaceAll("\\d{4,}", "…");
      if (refusals.size() < 100 && refusals.add(kind)) {
        log.atWarn()
            .addKeyValue("queue", queue)
            .addKeyValue("refused", done.refused())
            .addKeyValue("reason", done.reason())
            .log("server refuses data for good, dropped");
      }
    }
  }

  private void later(Answer.Later later) throws InterruptedException {
    if (stop.getCount() == 0) {
      // Stopping has broken the request off: that says nothing of the server.
      return;
    }
    if (!waiting) {
      waiting = true;
      log.atWarn()
          .addKeyValue("queue", queue)
          .addKeyValue("reason", later.reason())
          .log("server does not take data, keeping it in the spool");
    }
    retries.increment();
    Duration wait = backoff.next();
    Duration asked = later.notBefore().orElse(Duration.ZERO);
    Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
    boolean _ = stop.await(longer.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Says that the thread shall end; it does when the request under way has an answer. It is not
  /// interrupted: that would close the spool's files under it.
  public void stop() {
    stop.countDown();
  }

  /// Waits until the thread has ended, for five seconds at most. The spool must be closed by now.
  @Override
  public void close() {
    stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
