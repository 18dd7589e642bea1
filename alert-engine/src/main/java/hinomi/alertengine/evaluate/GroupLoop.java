package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.state.Alert;
import hinomi.model.Cancel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates one group: on its [Slots], each at its slot's time and never late twice (Prometheus,
/// rules/group.go); and between them soon after samples arrived that its rules look at, at most
/// once a second and never using more than a tenth of the time.
public final class GroupLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupLoop.class);
  private static final Duration BETWEEN_TRIGGERED = Duration.ofSeconds(1);

  /// How far agents' clocks may be ahead and their samples still be seen as soon as they are due.
  private static final Duration MAX_AHEAD = Duration.ofSeconds(5);

  private static final int REST = 10; // times the last duration

  /// Before any time that an evaluation may have, the epoch included.
  private static final Instant NEVER = Instant.MIN;

  private final RuleGroup group;
  private final Duration interval;
  private final Slots slots;
  private final Surroundings with;
  private final List<RuleRun> runs = new ArrayList<>();
  private final ReentrantLock evaluating = new ReentrantLock();
  private final AtomicReference<@Nullable Arrival> arrived = new AtomicReference<>();
  private final AtomicReference<Cancel> slot = new AtomicReference<>(() -> {});
  private volatile Instant lastAt = NEVER;
  private volatile Duration lastTook = Duration.ZERO;
  private volatile boolean closed;

  /// Samples that wait to be looked at.
  ///
  /// @param at when the first of them arrived
  /// @param newest time stamp among them
  private record Arrival(Instant at, Instant newest) {}

  /// @param restored alerts by rule id
  public GroupLoop(
      RuleGroup group,
      Duration defaultInterval,
      Surroundings with,
      Function<String, List<Alert>> restored) {
    this.group = group;
    this.interval = group.interval().isZero() ? defaultInterval : group.interval();
    this.slots = Slots.of(group, defaultInterval);
    this.with = with;
    for (Rule rule : group.rules()) {
      with.telemetry().watch(rule);
      runs.add(
          switch (rule) {
            case Rule.Alerting alerting -> alerting(alerting, restored.apply(rule.id()));
            case Rule.Recording recording -> new RecordingRun(recording, group, with);
          });
    }
  }

  private AlertingRun alerting(Rule.Alerting rule, List<Alert> restored) {
    AlertingRun run = new AlertingRun(rule, group, with, restored);
    run.evidence().interval(interval);
    run.evidence().restored(restored);
    return run;
  }

  public RuleGroup group() {
    return group;
  }

  /// Metrics for whose late samples some rule waits.
  Set<String> waitsFor() {
    Set<String> metrics = new HashSet<>();
    for (RuleRun run : runs) {
      if (run instanceof AlertingRun alerting) {
        metrics.addAll(alerting.waitsFor());
      }
    }
    return metrics;
  }

  public void start() {
    schedule(now());
  }

  private void schedule(Instant after) {
    if (closed) {
      return;
    }
    Instant next = slots.after(after);
    slot.set(
        with.time()
            .at(
                next,
                "rules " + group.name(),
                () -> {
                  Instant now = now();
                  long late = Math.max(0, Duration.between(next, now).dividedBy(interval));
                  with.telemetry().missed(late);
                  Instant at = next.plus(interval.multipliedBy(late));
                  evaluate(at, new Arrival(at, at), "slot");
                  schedule(now.isAfter(at) ? now : at);
                }));
  }

  /// Samples that a rule looks at are stored. Returns at once; cheap when it was known already.
  void touch(Instant now, long newestMillis) {
    while (true) {
      Arrival before = arrived.get();
      if (before != null && before.newest().toEpochMilli() >= newestMillis) {
        return;
      }
      Instant newest = Instant.ofEpochMilli(newestMillis);
      Arrival mine = new Arrival(before == null ? now : before.at(), newest);
      if (arrived.compareAndSet(before, mine)) {
        if (before == null) {
          trigger(mine);
        }
        return;
      }
    }
  }

  private void trigger(Arrival arrival) {
    Instant now = now();
    Duration rest = lastTook.multipliedBy(REST);
    Instant allowed = lastAt.plus(rest.compareTo(BETWEEN_TRIGGERED) > 0 ? rest : BETWEEN_TRIGGERED);
    Instant visible =
        arrival.newest().isAfter(now.plus(MAX_AHEAD)) ? now.plus(MAX_AHEAD) : arrival.newest();
    Instant when = latest(now, latest(allowed, visible));
    Cancel _ = with.time().at(when, "rules " + group.name(), this::triggered);
  }

  private void triggered() {
    Arrival arrival = arrived.getAndSet(null);
    if (arrival == null || closed) {
      return;
    }
    // After the last look even within its millisecond, which may have been taken too early.
    Instant at = latest(now(), lastAt.plusMillis(1));
    evaluate(at, arrival, "samples");
    if (arrival.newest().isAfter(at) && !arrival.newest().isAfter(at.plus(MAX_AHEAD))) {
      touch(arrival.at(), arrival.newest().toEpochMilli());
    }
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /// Evaluates on the caller's thread, as a slot would: for who decides himself when to look.
  public void evaluate(Instant at) {
    evaluate(at, new Arrival(at, at), "slot");
  }

  private void evaluate(Instant at, Arrival cause, String why) {
    evaluating.lock();
    try {
      if (closed || !at.isAfter(lastAt)) {
        return; // a later look has been taken already
      }
      long started = with.time().nanos();
      lastAt = at;
      Moment moment = new Moment(at, at.minus(group.queryOffset()), cause.at(), why);
      for (RuleRun run : runs) {
        evaluate(run, moment);
      }
      lastTook = Duration.ofNanos(with.time().nanos() - started);
      with.telemetry().evaluated(lastTook);
    } finally {
      evaluating.unlock();
    }
  }

  private static void evaluate(RuleRun run, Moment moment) {
    try {
      run.evaluate(moment);
    } catch (RuntimeException e) {
      // One rule's trouble, be it a mistake of ours, must not keep the others from paging.
      log.atError().addKeyValue("rule", run.view().rule().id()).setCause(e).log("rule failed");
      run.failed(moment, "internal error: " + e);
    }
  }

  public GroupView view() {
    Instant at = lastAt.equals(NEVER) ? Instant.EPOCH : lastAt;
    return new GroupView(group, interval, runs.stream().map(RuleRun::view).toList(), at, lastTook);
  }

  private Instant now() {
    return with.time().now().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Waits for an evaluation that runs.
  @Override
  public void close() {
    closed = true;
    evaluating.lock();
    try {
      slot.get().cancel();
    } finally {
      evaluating.unlock();
    }
  }
}
