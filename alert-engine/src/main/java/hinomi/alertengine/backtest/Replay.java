package hinomi.alertengine.backtest;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.AlertSurroundings;
import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.deliver.Outcome;
import hinomi.alertengine.evaluate.Slots;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.state.Transition;
import hinomi.model.Cancel;
import hinomi.model.Missing;
import hinomi.model.VirtualTime;
import hinomi.sql.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One engine in a time of its own, over a database that is gone with it: it looks at the slots of
/// its groups, tells nobody, and is acknowledged as the plan says. A slot at which nothing can
/// change — no rule of the group has an alert, and none will find one — is passed over.
///
/// One thread.
final class Replay implements AutoCloseable {
  private final Setup setup;
  private final Plan plan;
  private final Asking asking;
  private final VirtualTime time;
  private final Database database = Database.temporary();
  private final AlertJournal journal;
  private final Fires fires = new Fires();
  private final List<Told> told = new ArrayList<>();
  private final Set<String> again =
      new HashSet<>(); // rules with times, of an alert each there is a line
  private final Instant[] lastSlots; // per group, at which the engine was there
  private @Nullable AlertEngine engine;
  private long looks;

  Replay(Setup setup, Plan plan, Asking asking, Recorded recorded) {
    this.setup = setup;
    this.plan = plan;
    this.asking = asking;
    this.time = new VirtualTime(plan.begin());
    this.journal = new AlertJournal(database);
    this.lastSlots = new Instant[setup.rules().groups().size()];
    Arrays.fill(lastSlots, Instant.MIN);
    journal.commit(
        Batch.of(recorded.silences().stream().map(SilenceBook.table(journal)::put).toList()));
    for (int group = 0; group < setup.rules().groups().size(); group++) {
      expect(group);
    }
    recorded
        .taken()
        .forEach(taken -> {
          Cancel _ =
              time.at(
                  taken.acknowledgement().at(),
                  "acknowledgement",
                  () -> acknowledgeAsThen(taken.route().key(), taken.acknowledgement().by()));
        });
    if (plan.asItRan()) {
      happensAgain(recorded.steps().iterator());
    }
    if (!plan.asItRan() || recorded.isRunningAtFirst()) {
      start();
    }
  }

  private void expect(int group) {
    RuleGroup rules = setup.rules().groups().get(group);
    Slots slots = Slots.of(rules, setup.config().interval());
    asking.expect(slots.earlier(rules.queryOffset()), rules);
    schedule(group, slots, plan.begin().minusMillis(1));
  }

  private void schedule(int group, Slots slots, Instant after) {
    Instant next = slots.after(after);
    if (next.isBefore(plan.to())) {
      Cancel _ =
          time.at(
              next,
              "slot",
              () -> {
                look(group, next);
                schedule(group, slots, next);
              });
    }
  }

  private void look(int group, Instant at) {
    AlertEngine running = engine;
    if (running == null) {
      return;
    }
    lastSlots[group] = at;
    if (!isQuiet(running, group, at)) {
      looks++;
      running.look(group, at);
    }
  }

  /// Whether nothing can change: what a group with nothing on its mind finds nothing about.
  private boolean isQuiet(AlertEngine running, int group, Instant at) {
    RuleGroup rules = setup.rules().groups().get(group);
    Instant queryAt = at.minus(rules.queryOffset());
    for (Rule rule : rules.rules()) {
      boolean finds =
          switch (rule) {
            case Rule.Recording _ -> true;
            case Rule.Alerting alerting ->
                alerting.watch().noData().raises() || !asking.isEmpty(rule, queryAt);
          };
      if (finds) {
        return false;
      }
    }
    return running.isIdle(group);
  }

  /// What the live engine did between its slots, and its restarts, one after another: what a start
  /// finds due comes before the next look, be it in the same millisecond.
  private void happensAgain(Iterator<Transition> steps) {
    if (steps.hasNext()) {
      Transition step = steps.next();
      Runnable act =
          () -> {
            again(step);
            happensAgain(steps);
          };
      // After the slots of the same time, as it was live.
      Cancel _ =
          time.at(
              step.at(),
              "as it ran",
              () -> {
                Cancel _ = time.at(step.at(), "as it ran", act);
              });
    }
  }

  private void again(Transition step) {
    if (step.isEngine()) {
      if (engine != null) {
        engine.close();
        engine = null;
      }
      journal.transitions().add(step);
      if (step.to().equals("running")) {
        aliveAsThen(step.reason());
        start();
      }
      return;
    }
    if (engine != null && !isSeen(step) && again.add(step.rule() + ' ' + step.at())) {
      looks++;
      engine.look(step.rule(), step.at());
    }
  }

  /// Whether its rule was looked at at that time, on a slot.
  private boolean isSeen(Transition step) {
    List<RuleGroup> groups = setup.rules().groups();
    for (int group = 0; group < groups.size(); group++) {
      if (step.at().equals(lastSlots[group])
          && groups.get(group).rules().stream().anyMatch(rule -> rule.id().equals(step.rule()))) {
        return true;
      }
    }
    return false;
  }

  private void aliveAsThen(String reason) {
    if (reason.startsWith(AlertEngine.WATCHED_UNTIL)) {
      journal.alive(Instant.parse(reason.substring(AlertEngine.WATCHED_UNTIL.length())));
    }
  }

  private void start() {
    engine =
        AlertEngine.replay(
            setup.config(),
            setup.rules(),
            setup.routing(),
            new AlertPorts(
                asking::vector,
                asking::logs,
                asking::hasData,
                _ -> Set.of(),
                asking.grammar().comparands(),
                asking.grammar().sampleCounts(),
                fires::note,
                _ -> {},
                asking::write,
                () -> "",
                _ -> {},
                setup.topology()),
            new AlertEngine.Replay(
                new AlertSurroundings(
                    database,
                    time,
                    new SimpleMeterRegistry(),
                    OpenTelemetry.noop().getTracer("backtest")),
                this::carry));
  }

  private Outcome carry(Delivery delivery) {
    Told message = Told.of(delivery);
    if (!message.at().isBefore(plan.from())) {
      told.add(message);
    }
    plan.ackAfter()
        .filter(_ -> message.wakes())
        .ifPresent(wait -> {
          AckTokens.Claim claim =
              new AckTokens.Claim(
                  delivery.groupId(),
                  delivery.notification().group().climb().round(),
                  delivery.target());
          Cancel _ = time.at(message.at().plus(wait), "acknowledgement", () -> acknowledge(claim));
        });
    return new Outcome.Sent("");
  }

  private void acknowledge(AckTokens.Claim claim) {
    try {
      if (engine != null) {
        var _ = engine.acknowledge(claim, "");
      }
    } catch (Missing e) {
      // New alerts have come since, and their page will be acknowledged in its turn.
    }
  }

  private void acknowledgeAsThen(String key, String by) {
    AlertEngine running = engine;
    if (running != null) {
      journal.openGroups().stream()
          .filter(group -> group.route().key().equals(key))
          .forEach(group -> {
            var _ = running.acknowledge(group.id(), by, "");
          });
    }
  }

  void advanceTo(Instant to) {
    time.advanceTo(to);
  }

  Course course() {
    return new Course(
        journal.transitions().between(plan.from(), plan.to(), Backtest.MOST_LINES),
        fires.since(plan.from(), plan.to()),
        told,
        setup.routing().onCall(),
        looks);
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
    asking.close();
    database.close();
  }
}
