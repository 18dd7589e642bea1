package hinomi.alertengine.external;

import hinomi.alertengine.escalate.Changes;
import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.DocumentTable;
import hinomi.alertengine.journal.Row;
import hinomi.alertengine.state.AlertStates;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the alerts of others, as Alertmanager's provider does: what is sent again goes on, what is
/// not is over when its end comes. Durable before anything is answered, in one transaction with the
/// pages that follow.
///
/// Any thread; changes happen one after another, questions take no lock.
public final class ExternalAlerts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExternalAlerts.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private static final DocumentTable.Shape<ExternalAlert> KEPT =
      new DocumentTable.Shape<>(
          "external_alert",
          "fingerprint",
          ExternalAlert.class,
          ExternalAlert::fingerprint,
          ExternalAlert::endsAt);

  private final AlertJournal journal;
  private final DocumentTable<ExternalAlert> table;
  private final Pager pager;
  private final ExternalConfig config;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<Labels, ExternalAlert> alerts = Map.of(); // replaced under the lock
  private Cancel timer = () -> {}; // under the lock
  private volatile boolean closed;

  public ExternalAlerts(AlertJournal journal, Pager pager, ExternalConfig config, Time time) {
    this.journal = journal;
    this.table = new DocumentTable<>(journal, KEPT);
    this.pager = pager;
    this.config = config;
    this.time = time;
  }

  /// Takes up what stood at the last stop and tells of it again. As nobody could hear meanwhile,
  /// senders get the resolve timeout to repeat what still fires.
  public void restore(Consumer<List<AlertEvent>> events) {
    lock.lock();
    try {
      Instant now = now();
      Map<Labels, ExternalAlert> known = new LinkedHashMap<>();
      for (ExternalAlert stored : table.all()) {
        known.put(
            stored.labels(),
            stored.stands() ? stored.graceUntil(now.plus(config.resolveTimeout())) : stored);
      }
      alerts = known;
      events.accept(known.values().stream().map(ExternalAlert::event).toList());
      schedule();
      if (!known.isEmpty()) {
        log.atInfo().addKeyValue("alerts", known.size()).log("alerts of others restored");
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes what was sent; durable when it returns.
  public void receive(List<PostedAlert> posted) {
    lock.lock();
    try {
      Instant now = now();
      Map<Labels, ExternalAlert> after = new LinkedHashMap<>();
      for (PostedAlert one : posted) {
        ExternalAlert heard = one.received(now, config.resolveTimeout());
        ExternalAlert before = after.getOrDefault(heard.labels(), alerts.get(heard.labels()));
        judged(before == null ? heard : before.then(heard), before, now)
            .ifPresent(alert -> after.put(alert.labels(), alert));
      }
      long fresh = after.keySet().stream().filter(labels -> !alerts.containsKey(labels)).count();
      if (alerts.size() + fresh > config.limit()) {
        throw OverLimit.rate(
            "more than " + config.limit() + " alerts of others (alerting.external-limit)",
            config.resolveTimeout());
      }
      commit(after, now);
    } finally {
      lock.unlock();
    }
  }

  /// What is over and was never heard to fire is nothing.
  private static Optional<ExternalAlert> judged(
      ExternalAlert merged, @Nullable ExternalAlert before, Instant now) {
    if (merged.endsAt().isAfter(now)) {
      return Optional.of(merged.over(ExternalAlert.End.NOT_YET));
    }
    if (before == null) {
      return Optional.empty();
    }
    return Optional.of(
        before.stands() ? merged.over(ExternalAlert.End.BY_SENDER) : merged.over(before.end()));
  }

  private void commit(Map<Labels, ExternalAlert> changed, Instant now) {
    if (changed.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    List<Member> told = new ArrayList<>();
    List<AlertEvent> events = new ArrayList<>();
    changed.forEach((labels, alert) -> {
      ExternalAlert before = alerts.get(labels);
      boolean stood = before != null && before.stands();
      rows.add(table.put(alert));
      if (stood != alert.stands()) {
        told.add(alert.member());
        events.add(alert.event());
        log(alert);
      } else if (before != null && stood && !alert.saysTheSameAs(before)) {
        told.add(alert.member());
      }
    });
    pager.commit(
        new Changes(List.of(), List.of(), told, events, new PageGroup.Origin(now, ""), rows));
    Map<Labels, ExternalAlert> all = new HashMap<>(alerts);
    all.putAll(changed);
    alerts = all;
    schedule();
  }

  private static void log(ExternalAlert alert) {
    if (!alert.stands()) {
      log.atInfo()
          .addKeyValue("alert", alert.labels())
          .addKeyValue("reason", alert.end().word())
          .log("alert of another resolved");
    }
  }

  /// To the next end, or the time to forget an alert that is over.
  private void schedule() {
    timer.cancel();
    alerts.values().stream()
        .map(ExternalAlerts::dueAt)
        .min(Comparator.naturalOrder())
        .filter(_ -> !closed)
        .ifPresent(at -> timer = time.at(at, "alerts of others", this::due));
  }

  private static Instant dueAt(ExternalAlert alert) {
    return alert.stands()
        ? alert.endsAt()
        : alert.endsAt().plus(AlertStates.RESOLVED_RETENTION).plusMillis(1);
  }

  private void due() {
    if (closed) {
      return;
    }
    lock.lock();
    try {
      Instant now = now();
      Map<Labels, ExternalAlert> over = new LinkedHashMap<>();
      List<ExternalAlert> forgotten = new ArrayList<>();
      for (ExternalAlert alert : alerts.values()) {
        if (dueAt(alert).isAfter(now)) {
          continue;
        }
        if (alert.stands()) {
          over.put(alert.labels(), alert.over(ExternalAlert.End.NOT_REPEATED));
        } else {
          forgotten.add(alert);
        }
      }
      forget(forgotten);
      commit(over, now);
      schedule();
    } catch (Unavailable e) {
      log.atWarn().addKeyValue("reason", e.reason()).log("ends of alerts cannot be recorded");
      timer.cancel();
      timer = time.at(now().plus(AFTER_FAILURE), "alerts of others", this::due);
    } finally {
      lock.unlock();
    }
  }

  private void forget(List<ExternalAlert> old) {
    if (!old.isEmpty()) {
      journal.commit(Batch.of(old.stream().map(table::forget).toList()));
      Map<Labels, ExternalAlert> left = new HashMap<>(alerts);
      old.forEach(alert -> left.remove(alert.labels()));
      alerts = left;
    }
  }

  /// All that stand, and for some minutes those that are over.
  public List<ExternalAlert> all() {
    return List.copyOf(alerts.values());
  }

  /// Those that stand.
  public List<ExternalAlert> standing() {
    return alerts.values().stream().filter(ExternalAlert::stands).toList();
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      timer.cancel();
    } finally {
      lock.unlock();
    }
  }
}
