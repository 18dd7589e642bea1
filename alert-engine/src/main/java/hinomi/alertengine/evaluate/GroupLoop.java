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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates one group: on its [Slots], each at its slot's time and never late twice (Prometheus,
/// rules/group.go); and between them soon after samples arrived that its rules look at, at most
/// once a second, and all groups together never using more than a tenth of the time. Rules with
/// `trigger: push` look by themselves besides ([PushedRun]).
public final class GroupLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupLoop.class);
  private static final Duration BETWEEN_TRIGGERED = Duration.ofSeconds(1);

  /// Before any time that an evaluation may have, the epoch included.
  private static final Instant NEVER = Instant.MIN;

  private final RuleGroup group;
  private final Duration interval;
  private final Slots slots;
  private final Surroundings with;
  private final List<RuleRun> runs = new ArrayList<>();
  private final ReentrantLock evaluating = new ReentrantLock();
  private final Trigger trigger;
  private final AtomicReference<Cancel> slot = new AtomicReference<>(() -> {});
  private volatile Instant lastAt = NEVER;
  private volatile Duration lastTook = Duration.ZERO;
  private volatile boolean closed;

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
    this.trigger = new Trigger("rules " + group.name(), with.time(), with.groups(), looking());
  }

  private Trigger.Looking looking() {
    return new Trigger.Looking() {
      @Override
      public Instant allowed() {
        Duration rest = with.groups().rest(lastTook);
        return lastAt.plus(rest.compareTo(BETWEEN_TRIGGERED) > 0 ? rest : BETWEEN_TRIGGERED);
      }

      @Override
      public Instant look(Arrival arrival, Instant now) {
        // After the last look even within its millisecond, which may have been taken too early.
        Instant at = Trigger.latest(now, lastAt.plusMillis(1));
        with.groups().look(() -> evaluate(at, arrival, true));
        return at;
      }
    };
  }

  private RuleRun alerting(Rule.Alerting rule, List<Alert> restored) {
    AlertingRun run = new AlertingRun(rule, group, with, restored);
    run.evidence().interval(interval);
    run.evidence().restored(restored);
    return rule.isPushed() ? new PushedRun(run, group, with) : run;
  }

  public RuleGroup group() {
    return group;
  }

  List<RuleRun> runs() {
    return runs;
  }

  /// Goes on from how an earlier run left the group.
  void inherit(GroupView view) {
    if (!view.at().equals(Instant.EPOCH)) {
      lastAt = view.at();
      lastTook = view.took();
    }
  }

  /// Metrics for whose late samples some rule waits.
  Set<String> waitsFor() {
    Set<String> metrics = new HashSet<>();
    for (RuleRun run : runs) {
      metrics.addAll(run.waitsFor());
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
                  evaluate(at, Arrival.of(at), false);
                  schedule(now.isAfter(at) ? now : at);
                }));
  }

  /// Told of samples that the rules look at which wait for their group.
  Trigger trigger() {
    return trigger;
  }

  /// The rules that look by themselves.
  List<PushedRun> pushed() {
    return runs.stream().filter(PushedRun.class::isInstance).map(PushedRun.class::cast).toList();
  }

  /// Evaluates on the caller's thread, as a slot would: for who decides himself when to look.
  public void evaluate(Instant at) {
    evaluate(at, Arrival.of(at), false);
  }

  /// Evaluates one rule alone, on the caller's thread, as when samples arrive that it looks at.
  public void evaluate(String ruleId, Instant at) {
    evaluating.lock();
    try {
      for (RuleRun run : runs) {
        if (run.view().rule().id().equals(ruleId)) {
          evaluate(run, Moment.of(at, group, Arrival.of(at), "samples"));
        }
      }
    } finally {
      evaluating.unlock();
    }
  }

  private void evaluate(Instant at, Arrival cause, boolean byArrival) {
    evaluating.lock();
    try {
      if (closed || !at.isAfter(lastAt)) {
        return; // a later look has been taken already
      }
      long started = with.time().nanos();
      lastAt = at;
      Moment moment = Moment.of(at, group, cause, byArrival ? "samples" : "slot");
      for (RuleRun run : runs) {
        if (!(byArrival && run instanceof PushedRun)) { // that looks by itself
          evaluate(run, moment);
        }
      }
      lastTook = Duration.ofNanos(with.time().nanos() - started);
      with.telemetry().evaluated(lastTook);
    } finally {
      evaluating.unlock();
    }
  }

  static void evaluate(RuleRun run, Moment moment) {
    try {
      run.evaluate(moment);
    } catch (RuntimeException e) {
      // One rule's trouble, be it a mistake of ours, must not keep the others from paging.
      log.atError().addKeyValue("rule", run.view().rule().id()).setCause(e).log("rule failed");
      run.failed(moment, "internal error: " + e);
    }
  }

  /// Whether no rule has an alert or an error.
  public boolean isIdle() {
    for (RuleRun run : runs) {
      if (!run.view().alerts().isEmpty() || !run.view().error().isEmpty()) {
        return false;
      }
    }
    return true;
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
    trigger.close();
    pushed().forEach(PushedRun::close);
    evaluating.lock();
    try {
      slot.get().cancel();
    } finally {
      evaluating.unlock();
    }
  }
}
