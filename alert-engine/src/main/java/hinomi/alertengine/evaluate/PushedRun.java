package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A rule with `trigger: push`: looks on its group's slots, and by itself whenever samples arrived
/// that it looks at, without waiting for the rules before it. It rests for as long as [Effort]
/// says, but never beyond a slot. Rests add up, and only what is more than [#CREDIT] is taken at
/// once: a single look that takes long, for the machine was busy, does not keep the next sample
/// waiting (the virtual scheduling of ITU-T I.371).
final class PushedRun implements RuleRun {
  /// Before any time that an evaluation may have, the epoch included.
  private static final Instant NEVER = Instant.MIN;

  /// How much rest may be owed.
  private static final Duration CREDIT = Duration.ofSeconds(1);

  private final RuleRun run;
  private final RuleGroup group;
  private final Surroundings with;
  private final Trigger trigger;
  private final ReentrantLock looking = new ReentrantLock(true);
  private Instant lastAt = NEVER; // under the lock
  private volatile Instant rested = NEVER;
  private volatile boolean closed;

  PushedRun(RuleRun run, RuleGroup group, Surroundings with) {
    this.run = run;
    this.group = group;
    this.with = with;
    this.trigger =
        new Trigger("pushed rule " + run.view().rule().name(), with.time(), with.pushes(), look());
  }

  private Trigger.Looking look() {
    return new Trigger.Looking() {
      @Override
      public Instant allowed() {
        return rested.equals(NEVER) ? NEVER : rested.minus(CREDIT);
      }

      @Override
      public Instant look(Arrival arrival, Instant now) {
        return pushed(arrival, now);
      }
    };
  }

  /// Told of samples that it looks at.
  Trigger trigger() {
    return trigger;
  }

  private Instant pushed(Arrival arrival, Instant now) {
    Instant[] at = {now};
    with.pushes()
        .look(() -> {
          looking.lock();
          try {
            // After the last look even within its millisecond, which may have been taken too early.
            at[0] = lastAt.equals(NEVER) ? now : Trigger.latest(now, lastAt.plusMillis(1));
            Moment moment = Moment.of(at[0], group, arrival, "samples");
            long began = with.time().nanos();
            look(moment);
            Duration took = Duration.ofNanos(with.time().nanos() - began);
            with.telemetry().pushed(took);
            rested =
                Trigger.latest(rested, with.time().now()).plus(with.pushes().rest(run.asked()));
          } finally {
            looking.unlock();
          }
        });
    return at[0];
  }

  private void look(Moment moment) {
    if (!closed) {
      lastAt = moment.at();
      GroupLoop.evaluate(run, moment);
    }
  }

  /// On a slot. Nothing is done when a later look has been taken already.
  @Override
  public void evaluate(Moment moment) {
    looking.lock();
    try {
      if (moment.at().isAfter(lastAt)) {
        look(moment);
      }
    } finally {
      looking.unlock();
    }
  }

  @Override
  public RuleView view() {
    return run.view();
  }

  @Override
  public Set<String> waitsFor() {
    return run.waitsFor();
  }

  @Override
  public Set<Labels> series() {
    return run.series();
  }

  @Override
  public void inherit(Inheritance.Left left) {
    run.inherit(left);
  }

  @Override
  public void failed(Moment moment, String error) {
    run.failed(moment, error);
  }

  /// Waits for a look that is being taken.
  void close() {
    trigger.close();
    looking.lock();
    try {
      closed = true;
    } finally {
      looking.unlock();
    }
  }
}
