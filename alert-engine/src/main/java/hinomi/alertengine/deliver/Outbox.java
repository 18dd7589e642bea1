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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets messages out, each on a job of its own, so many at a time. What there is room for when it
/// is written is claimed by the transaction that writes it ([Handover]); everything else, such as
/// what has to be tried again, is found in the table. At least once: a crash between sending and
/// writing so leaves a lease that runs out, and the message goes again under the same idempotency
/// key.
public final class Outbox implements AutoCloseable {
  /// How long an attempt may take before the message counts as not sent.
  static final Duration LEASE = Duration.ofSeconds(60);

  /// After so many failed attempts the next step of the ladder is taken at once.
  public static final int ATTEMPTS_BEFORE_NEXT_STEP = 3;

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  static final int MAX_IN_FLIGHT = 32;

  /// An attempt begins in this part of its lease, or not at all: the rest is for the courier.
  private static final Duration LATEST = LEASE.dividedBy(2);

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
  private volatile boolean behind = true; // rows are due that nobody has taken, for all we know
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

  /// Claims, for a transaction that is about to write them, as many messages as can be sent at
  /// once. None while others wait in the table, for they would be overtaken.
  public Handover handOver(List<Delivery> deliveries) {
    Instant until = now().plus(LEASE);
    boolean room = !closed && !behind;
    List<Delivery> rows = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      room = room && inFlight.tryAcquire();
      rows.add(room ? delivery.claimed(until) : delivery);
    }
    return new Claims(rows);
  }

  /// Holds a place of those in flight for each row that is claimed.
  private final class Claims implements Handover {
    private final List<Delivery> rows;
    private boolean over;

    Claims(List<Delivery> rows) {
      this.rows = List.copyOf(rows);
    }

    @Override
    public List<Delivery> rows() {
      return rows;
    }

    private List<Delivery> claimed() {
      return rows.stream().filter(row -> row.state() == Delivery.State.SENDING).toList();
    }

    /// Also when the outbox was closed in between: until the leases end, nobody else would send.
    @Override
    public void written() {
      over = true;
      List<Delivery> claimed = claimed();
      Instant since = now();
      for (Delivery delivery : claimed) {
        boolean wanted = pages.isWanted(delivery);
        start(delivery, () -> wanted, since);
      }
      if (claimed.size() < rows.size()) {
        behind = true;
        wake();
      }
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        inFlight.release(claimed().size());
        wake(); // a transaction that failed may have been written nevertheless
      }
    }
  }

  private void drain() {
    draining.set(false);
    try {
      List<Delivery> due = table.due(now(), MAX_IN_FLIGHT);
      long begun = due.stream().filter(this::begin).count();
      behind = begun < due.size() || begun == MAX_IN_FLIGHT;
      telemetry.depth(table.depth());
      table.nextDue().filter(next -> next.isAfter(now())).ifPresent(this::drainAt);
    } catch (Failure e) {
      behind = true;
      log.atError().addKeyValue("reason", e.reason()).log("outbox cannot be read");
      drainAt(now().plus(AFTER_DATABASE_FAILURE));
    }
  }

  private void drainAt(Instant when) {
    if (!closed) {
      timer.getAndSet(time.at(when, "outbox", this::wake)).cancel();
    }
  }

  /// False when it has to wait for a place: the next attempt that ends wakes the outbox again.
  private boolean begin(Delivery delivery) {
    if (closed || !inFlight.tryAcquire()) {
      return false;
    }
    Optional<Delivery> claimed = Optional.empty();
    try {
      claimed = table.claim(delivery, now().plus(LEASE));
    } finally {
      if (claimed.isEmpty()) {
        inFlight.release();
      }
    }
    claimed.ifPresent(mine -> start(mine, () -> pages.isWanted(mine), mine.createdAt()));
    return true;
  }

  /// @param wanted whether anybody still needs it
  /// @param since when it began to wait for this
  private void start(Delivery claimed, BooleanSupplier wanted, Instant since) {
    Cancel _ =
        time.at(
            now(),
            "delivery",
            () -> {
              try {
                held(claimed).ifPresent(mine -> attempt(mine, wanted.getAsBoolean(), since));
              } finally {
                inFlight.release();
                wake();
              }
            });
  }

  /// The claim, renewed if it has become too old to rely on; empty when it has gone to others.
  private Optional<Delivery> held(Delivery claimed) {
    Instant now = now();
    return claimed.dueAt().isBefore(now.plus(LATEST))
        ? table.claim(claimed, now.plus(LEASE))
        : Optional.of(claimed);
  }

  private void attempt(Delivery delivery, boolean wanted, Instant since) {
    Instant startedAt = now();
    int number = delivery.attempts();
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
    telemetry.settled(delivery, attempt, state, since);
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
