package hinomi.alertengine.evaluate;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.escalate.Changes;
import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.Transition;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up what the last run left. Alerts that fired still fire, and are told to the listener
/// again; those that were resolved of late are told again too. Pending ones continue as if the time
/// in between had not passed, as Prometheus restores `for` from `ALERTS_FOR_STATE`; after more than
/// an hour they begin anew. Nor does that time count for what fires on for want of data. Alerts of
/// rules that are gone are over.
public final class Restart {
  private static final Logger log = LoggerFactory.getLogger(Restart.class);
  static final Duration OUTAGE_TOLERANCE = Duration.ofHours(1);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration HISTORY = Duration.ofDays(400);

  private final AlertJournal journal;
  private final Pager pager;
  private final Events events;
  private final Chronicle chronicle;
  private final Time time;
  private final Map<String, List<Alert>> alerts = new TreeMap<>();
  private Instant lastAlive = Instant.EPOCH;

  public Restart(AlertJournal journal, Pager pager, Events events, Chronicle chronicle, Time time) {
    this.journal = journal;
    this.pager = pager;
    this.events = events;
    this.chronicle = chronicle;
    this.time = time;
  }

  /// After a stop, which may have lasted.
  public void run(AlertRules rules) {
    lastAlive = journal.lastAlive().orElse(Instant.EPOCH);
    take(rules, now());
  }

  /// After a run in the same process, which watched until now.
  public void goOn(AlertRules rules) {
    lastAlive = now();
    take(rules, lastAlive);
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private void take(AlertRules rules, Instant now) {
    Homes homes = Homes.of(rules);
    List<StoredAlert> orphans = new ArrayList<>();
    List<AlertEvent> again = new ArrayList<>();
    List<StoredAlert> moved = new ArrayList<>();
    List<StoredAlert> left = new ArrayList<>();
    for (StoredAlert found : journal.alerts()) {
      Alert alert = found.alert();
      Duration unwatched = unwatched(alert, lastAlive, now);
      Optional<String> home = homes.of(found);
      if (home.isEmpty()) {
        orphans.add(found);
        continue;
      }
      StoredAlert stored = new StoredAlert(home.get(), alert, List.of());
      if (!home.get().equals(found.ruleId())) {
        moved.add(stored);
        left.add(new StoredAlert(found.ruleId(), alert, List.of()));
      }
      if (alert.phase() != Alert.Phase.PENDING) {
        keep(stored.ruleId(), alert.after(unwatched));
        boolean firing = alert.phase() == Alert.Phase.FIRING;
        again.add(
            AlertingRun.event(
                alert,
                firing ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
                firing ? alert.firedAt() : alert.resolvedAt()));
      } else if (unwatched.compareTo(OUTAGE_TOLERANCE) <= 0) {
        keep(stored.ruleId(), alert.after(unwatched));
      } else {
        pager.commit(
            new Changes(
                List.of(),
                List.of(stepping(stored, now, "unwatched for too long")),
                List.of(),
                List.of(),
                origin(now)));
      }
    }
    if (!moved.isEmpty()) {
      pager.commit(new Changes(moved, left, List.of(), List.of(), origin(now)));
    }
    events.add(again);
    sayAgain();
    pager.resume();
    end(orphans, now);
    log.atInfo()
        .addKeyValue("alerts", alerts.values().stream().mapToInt(List::size).sum())
        .addKeyValue("ended", orphans.size())
        .log("alerts restored");
  }

  private void sayAgain() {
    for (PageGroup group : journal.openGroups()) {
      chronicle.again(
          group,
          journal.outbox().ofGroup(group.id()).stream()
              .map(delivery ->
                  new Chronicle.Attempted(delivery, journal.outbox().attempts(delivery.id())))
              .toList());
    }
  }

  private static Duration unwatched(Alert alert, Instant alive, Instant now) {
    Instant seen = alert.waitsSince().isAfter(alive) ? alert.waitsSince() : alive;
    return seen.isAfter(now) ? Duration.ZERO : Duration.between(seen, now);
  }

  private void keep(String ruleId, Alert alert) {
    alerts.computeIfAbsent(ruleId, _ -> new ArrayList<>()).add(alert);
  }

  /// Alerts of rules that are no longer in the files.
  private void end(List<StoredAlert> orphans, Instant now) {
    List<Member> told = new ArrayList<>();
    List<AlertEvent> ended = new ArrayList<>();
    for (StoredAlert orphan : orphans) {
      if (orphan.alert().phase() == Alert.Phase.FIRING) {
        Alert over = orphan.alert().resolved(now);
        told.add(Member.of(orphan.ruleId(), "", over));
        ended.add(AlertingRun.event(over, AlertEvent.State.RESOLVED, now));
      }
    }
    List<StoredAlert> over =
        orphans.stream().map(orphan -> stepping(orphan, now, "the rule is gone")).toList();
    pager.commit(new Changes(List.of(), over, told, ended, origin(now)));
  }

  /// The alert with the step to its end.
  private static StoredAlert stepping(StoredAlert stored, Instant now, String why) {
    String from = Steps.word(stored.alert().phase());
    return from.equals(Steps.INACTIVE)
        ? stored
        : new StoredAlert(
            stored.ruleId(),
            stored.alert(),
            List.of(
                new Transition(
                    now,
                    stored.ruleId(),
                    stored.alert().labels(),
                    from,
                    Steps.INACTIVE,
                    Double.NaN,
                    why)));
  }

  private static PageGroup.Origin origin(Instant now) {
    return new PageGroup.Origin(now, "");
  }

  /// What a rule had before.
  public List<Alert> alerts(String ruleId) {
    return alerts.getOrDefault(ruleId, List.of());
  }

  /// Once a day forgets what is older than any report looks back.
  public Cancel prune() {
    return time.every(
        Duration.ofDays(1),
        "alert history",
        () -> {
          try {
            int groups = journal.prune(time.now().minus(HISTORY));
            log.atInfo().addKeyValue("groups", groups).log("old alert groups forgotten");
          } catch (Unavailable e) {
            log.atWarn().addKeyValue("reason", e.reason()).log("cannot forget old alert groups");
          }
        });
  }

  /// When the engine was last known to watch; [Instant#EPOCH] when that is not known.
  public Instant lastAlive() {
    return lastAlive;
  }

  /// Notes now and then that it is watching, as long as an alert waits for something, or a rule
  /// expects its series: only then it matters how long a stop lasted.
  public Cancel keepAlive(List<GroupLoop> loops) {
    List<Cancel> beats = new ArrayList<>();
    beats.add(time.every(BEAT, "alert engine alive", () -> alive(loops)));
    // Who is ended again and again soon after its start would else never have watched.
    for (Duration early = SOON; early.compareTo(BEAT) < 0; early = early.plus(SOON)) {
      beats.add(time.at(time.now().plus(early), "alert engine alive", () -> alive(loops)));
    }
    return () -> beats.forEach(Cancel::cancel);
  }

  private void alive(List<GroupLoop> loops) {
    if (loops.stream().flatMap(loop -> loop.view().rules().stream()).anyMatch(Restart::waits)) {
      try {
        journal.alive(time.now());
      } catch (Unavailable e) {
        log.atWarn().addKeyValue("reason", e.reason()).log("cannot note that it is watching");
      }
    }
  }

  private static boolean waits(RuleView view) {
    boolean expects =
        view.rule() instanceof Rule.Alerting alerting && alerting.watch().noData().raises();
    return expects
        || view.alerts().stream().anyMatch(alert -> !alert.waitsSince().equals(Alert.NEVER));
  }
}
