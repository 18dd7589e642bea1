package hinomi.alertengine.deliver;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.OutboxTable;
import hinomi.model.Cancel;
import hinomi.model.Failure;
import hinomi.model.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drains the outbox table as soon as a row is there, each message on a job of its own. At least
/// once: a crash between sending and writing so leaves a lease that runs out, and the message goes
/// again under the same idempotency key.
public final class Outbox implements AutoCloseable {
  /// How long an attempt may take before the message counts as not sent.
  static final Duration LEASE = Duration.ofSeconds(60);

  /// After so many failed attempts the next step of the ladder is taken at once.
  public static final int ATTEMPTS_BEFORE_NEXT_STEP = 3;

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration AFTER_DATABASE_FAILURE = Duration.ofSeconds(1);

  private final OutboxTable table;
  private final Courier courier;
  private final Pages pages;
  private final Time time;
  private final DeliveryTelemetry telemetry;
  private final Chronicle chronicle;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicReference<Cancel> timer = new AtomicReference<>(() -> {});
  private volatile boolean closed;

  public Outbox(
      OutboxTable table, Courier courier, Pages pages, Time time, Instruments instruments) {
    this.table = table;
    this.courier = courier;
    this.pages = pages;
    this.time = time;
    this.telemetry = new DeliveryTelemetry(instruments.registry(), instruments.tracer());
    this.chronicle = instruments.chronicle();
  }

  /// Where deliveries are counted, traced and told.
  public record Instruments(MeterRegistry registry, Tracer tracer, Chronicle chronicle) {}

  /// Says that a row was added. Returns at once.
  public void wake() {
    if (!closed && draining.compareAndSet(false, true)) {
      Cancel _ = time.at(time.now(), "outbox", this::drain);
    }
  }

  private void drain() {
    draining.set(false);
    try {
      for (Delivery delivery : table.due(now(), MAX_IN_FLIGHT)) {
        begin(delivery);
      }
      telemetry.depth(table.depth());
      table.nextDue().filter(next -> next.isAfter(now())).ifPresent(this::drainAt);
    } catch (Failure e) {
      log.atError().addKeyValue("reason", e.reason()).log("outbox cannot be read");
      drainAt(now().plus(AFTER_DATABASE_FAILURE));
    }
  }

  private void drainAt(Instant when) {
    if (!closed) {
      timer.getAndSet(time.at(when, "outbox", this::wake)).cancel();
    }
  }

  private void begin(Delivery delivery) {
    if (closed || !inFlight.tryAcquire()) {
      return; // the next one that ends wakes the outbox again
    }
    Instant now = now();
    if (!table.claim(delivery, now, LEASE)) {
      inFlight.release();
      return;
    }
    Cancel _ =
        time.at(
            now,
            "delivery",
            () -> {
              try {
                attempt(delivery);
              } finally {
                inFlight.release();
                wake();
              }
            });
  }

  private void attempt(Delivery delivery) {
    Instant startedAt = now();
    int number = delivery.attempts() + 1;
    boolean wanted = pages.isWanted(delivery);
    Outcome outcome = wanted ? carried(delivery) : new Outcome.Refused("nobody needs it any more");
    Delivery.State state = wanted ? state(delivery, outcome) : Delivery.State.SUPERSEDED;
    Instant dueAt =
        outcome instanceof Outcome.Later later
            ? now().plus(backoff.after(number, later.after()))
            : now();
    Delivery.Attempt attempt =
        new Delivery.Attempt(
            delivery.id(), number, startedAt, now(), state.name(), outcome.detail());
    if (state != Delivery.State.SENT && wanted) {
      log.atWarn()
          .addKeyValue("target", delivery.target())
          .addKeyValue("attempt", number)
          .addKeyValue("state", state)
          .addKeyValue("detail", outcome.detail())
          .log("page not delivered");
      if (state == Delivery.State.FAILED || number == ATTEMPTS_BEFORE_NEXT_STEP) {
        pages.unreachable(delivery);
      }
    }
    try {
      table.settle(attempt, state, dueAt);
      chronicle.attempted(delivery, attempt);
    } catch (Failure e) {
      // The lease runs out and the message goes again: twice is better than not at all.
      log.atError().addKeyValue("reason", e.reason()).log("delivery cannot be recorded");
    }
    telemetry.settled(delivery, attempt, state);
  }

  private Outcome carried(Delivery delivery) {
    try {
      return courier.carry(delivery);
    } catch (RuntimeException e) {
      // A mistake of ours in one message must not stop the others.
      log.atError().addKeyValue("delivery", delivery.id()).setCause(e).log("courier failed");
      return new Outcome.Later("internal error: " + e, Duration.ZERO);
    }
  }

  private Delivery.State state(Delivery delivery, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sent _ -> Delivery.State.SENT;
      case Outcome.Refused _ -> Delivery.State.FAILED;
      case Outcome.Later _ ->
          now().isAfter(delivery.createdAt().plus(Backoff.GIVE_UP))
              ? Delivery.State.FAILED
              : Delivery.State.PENDING;
    };
  }

  /// Sends without the table, when the database fails at the moment of a page: once, unrecorded.
  public void sendUnrecorded(Delivery delivery) {
    Cancel _ =
        time.at(
            time.now(),
            "unrecorded page",
            () -> {
              Outcome outcome = carried(delivery);
              log.atWarn()
                  .addKeyValue("target", delivery.target())
                  .addKeyValue("detail", outcome.detail())
                  .log("page sent without a record, since the database fails");
            });
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Takes up nothing more; what is being sent goes on.
  @Override
  public void close() {
    closed = true;
    timer.get().cancel();
    telemetry.close();
  }

  /// Returns when nothing is being sent any more, or when that takes longer than it may.
  public void awaitIdle() {
    try {
      boolean idle = inFlight.tryAcquire(MAX_IN_FLIGHT, LEASE.toMillis(), TimeUnit.MILLISECONDS);
      if (!idle) {
        log.atWarn().log("deliveries take longer than their lease");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
