package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.Outbox;
import hinomi.alertengine.deliver.Pages;
import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.Router;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Missing;
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
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the open groups. Whatever changes one — an alert, a due time, an acknowledgement — goes
/// the same way: ask [Escalation] until it says wait, write state, group and outbox rows in one
/// transaction, then set the next timer. If the database fails, pages leave without it.
///
/// Any thread; changes happen one after another under a lock that is held over the write.
public final class Pager implements Pages, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pager.class);
  private static final int MAX_VERDICTS = 10;
  private static final Duration AFTER_DATABASE_FAILURE = Duration.ofSeconds(1);

  private final AlertJournal journal;
  private final Router router;
  private final PagerRules rules;
  private final Time time;
  private final Exits exits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PageGroup> open = new LinkedHashMap<>(); // by id, under the lock
  private final Map<String, Cancel> timers = new HashMap<>(); // by id, under the lock
  private final Unrecorded unrecorded = new Unrecorded(); // under the lock
  private volatile boolean closed;

  /// What is told to whom, once it is written.
  ///
  /// @param everywhere targets that are told of every group
  /// @param events takes the changed alerts, always before anything is said of their pages
  /// @param wake lets the deliveries leave
  public record Exits(
      List<String> everywhere,
      Consumer<List<AlertEvent>> events,
      Chronicle chronicle,
      Runnable wake,
      Unrecorded.Exit unrecorded) {}

  public Pager(AlertJournal journal, Router router, PagerRules rules, Time time, Exits exits) {
    this.journal = journal;
    this.router = router;
    this.rules = rules;
    this.time = time;
    this.exits = exits;
  }

  /// What an evaluation changed.
  ///
  /// @param stored alerts to be written
  /// @param forgotten alerts to be deleted
  /// @param told alerts that began to fire or were resolved
  /// @param events that say so
  public record Changes(
      List<StoredAlert> stored,
      List<StoredAlert> forgotten,
      List<Member> told,
      List<AlertEvent> events,
      PageGroup.Origin origin) {
    static final Changes NONE =
        new Changes(List.of(), List.of(), List.of(), List.of(), new PageGroup.Origin(NEVER, ""));

    /// The same with the trace that its pages continue.
    public Changes traced(String traceparent) {
      return new Changes(
          stored, forgotten, told, events, new PageGroup.Origin(origin.at(), traceparent));
    }
  }

  /// Takes up the groups that were open when the engine last stopped; what fell due meanwhile is
  /// done now.
  public void resume() {
    lock.lock();
    try {
      for (PageGroup group : journal.openGroups()) {
        open.put(group.id(), group);
      }
      List.copyOf(open.keySet()).forEach(this::due);
    } finally {
      lock.unlock();
    }
    exits.wake().run();
  }

  /// Writes what an evaluation changed together with the pages that follow from it. An
  /// [Unavailable] means that nothing was written and the evaluation has to come again.
  public void commit(Changes changes) {
    lock.lock();
    try {
      Instant now = now();
      Map<Route, List<Member>> byRoute = new LinkedHashMap<>();
      for (Member member : changes.told()) {
        byRoute.computeIfAbsent(router.route(member.labels()), _ -> new ArrayList<>()).add(member);
      }
      Work work = new Work(now);
      byRoute.forEach((route, members) -> {
        PageGroup group =
            open.values().stream()
                .filter(known -> known.route().equals(route))
                .findFirst()
                .orElseGet(() -> opened(route, changes.origin(), now));
        work.advance(group.with(members, changes.origin(), rules.times(route), now));
      });
      write(work, changes);
    } finally {
      lock.unlock();
    }
  }

  private static PageGroup opened(Route route, PageGroup.Origin origin, Instant now) {
    return PageGroup.open(UUID.randomUUID().toString(), route, now, origin);
  }

  /// What keeps alerts from being told has changed, such as a silence: what fires and is not known
  /// to people is judged again. Returns when that is done.
  public void reconsider() {
    lock.lock();
    try {
      List.copyOf(open.keySet()).forEach(this::due);
    } finally {
      lock.unlock();
    }
  }

  private void due(String id) {
    if (closed) {
      return;
    }
    lock.lock();
    try {
      PageGroup group = open.get(id);
      if (group != null) {
        Work work = new Work(now());
        work.advance(group);
        write(work, Changes.NONE);
      }
    } catch (Unavailable e) {
      log.atError()
          .addKeyValue("group", id)
          .addKeyValue("reason", e.reason())
          .log("page not recorded");
      timer(id, now().plus(AFTER_DATABASE_FAILURE));
    } finally {
      lock.unlock();
    }
  }

  /// What follows from changes at one time.
  private final class Work {
    final Instant now;
    final Map<PageGroup, Instant> groups = new LinkedHashMap<>(); // with its next due time
    final List<Delivery> deliveries = new ArrayList<>();

    Work(Instant now) {
      this.now = now;
    }

    void advance(PageGroup changed) {
      Escalation escalation =
          new Escalation(
              rules.onCall().ladder(changed.route().ladder()), rules.times(changed.route()));
      PageGroup group = changed;
      for (int i = 0; i < MAX_VERDICTS; i++) {
        switch (escalation.judge(group, now)) {
          case Verdict.Wait wait -> {
            groups.put(group, wait.until());
            return;
          }
          case Verdict.Close close -> group = close.after();
          case Verdict.Tell tell -> {
            group = tell.after();
            deliver(tell);
          }
        }
      }
      throw new IllegalStateException("BUG: no end of verdicts for group " + group.id());
    }

    private void deliver(Verdict.Tell tell) {
      List<String> targets = new ArrayList<>(tell.targets());
      targets.addAll(exits.everywhere());
      PageGroup group = tell.after();
      boolean escalated = tell.notification().reason() == Reason.ESCALATED;
      for (String target : targets.stream().distinct().toList()) {
        deliveries.add(
            new Delivery(
                UUID.randomUUID().toString(),
                group.id(),
                target,
                Delivery.State.PENDING,
                now,
                0,
                now,
                escalated ? now : group.origin().at(),
                group.origin().traceparent(),
                tell.notification()));
      }
      log.atInfo()
          .addKeyValue("group", group.id())
          .addKeyValue("key", group.route().key())
          .addKeyValue("reason", tell.notification().reason().word())
          .addKeyValue("targets", targets)
          .log("telling");
    }
  }

  private void write(Work work, Changes changes) {
    List<PageGroup> groups = List.copyOf(work.groups.keySet());
    try {
      journal.commit(new Batch(changes.stored(), changes.forgotten(), groups, work.deliveries));
    } catch (Unavailable e) {
      unrecorded.send(work.deliveries, exits.unrecorded());
      throw e;
    }
    unrecorded.clear();
    exits.events().accept(changes.events());
    exits.chronicle().decided(work.deliveries);
    work.groups.forEach((group, until) -> {
      if (group.isOpen()) {
        open.put(group.id(), group);
      } else {
        open.remove(group.id());
      }
      timer(group.id(), group.isOpen() ? until : NEVER);
    });
    if (!work.deliveries.isEmpty()) {
      exits.wake().run();
    }
  }

  private void timer(String id, Instant when) {
    Cancel before = timers.remove(id);
    if (before != null) {
      before.cancel();
    }
    if (!when.equals(NEVER) && !closed) {
      timers.put(id, time.at(when, "page group", () -> due(id)));
    }
  }

  /// Stops the climb. The first acknowledgement of a round counts; a later one changes nothing.
  ///
  /// @param round that was meant, or -1 for the present one
  public PageGroup acknowledge(String id, int round, String by, String note) {
    lock.lock();
    try {
      PageGroup group = open.get(id);
      if (group == null) {
        return journal
            .group(id)
            .orElseThrow(() -> new Missing("there is no alert group \"" + id + "\""));
      }
      if (round >= 0 && round != group.climb().round()) {
        throw new Missing("this link is for an earlier page; new alerts have come since");
      }
      if (group.acknowledgement().isGiven()) {
        return group;
      }
      PageGroup acknowledged = group.acknowledged(new Acknowledgement(by, note, now()));
      Work work = new Work(now());
      work.advance(acknowledged);
      write(work, Changes.NONE);
      exits.chronicle().acknowledged(acknowledged);
      log.atInfo().addKeyValue("group", id).addKeyValue("by", by).log("acknowledged");
      return acknowledged;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWanted(Delivery delivery) {
    Reason reason = delivery.notification().reason();
    if (reason == Reason.RESOLVED) {
      return true;
    }
    lock.lock();
    try {
      PageGroup group = open.get(delivery.groupId());
      // A first page that was late is still told, so that nobody wonders what was resolved.
      boolean acknowledged = group != null && group.acknowledgement().isGiven();
      return group != null && !(acknowledged && reason == Reason.ESCALATED);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unreachable(Delivery delivery) {
    lock.lock();
    try {
      PageGroup group = open.get(delivery.groupId());
      if (group == null
          || group.acknowledgement().isGiven()
          || group.climb().stepAt().equals(NEVER)
          || delivery.notification().step() != group.climb().step() - 1
          || somebodyElseIsReached(delivery)) {
        return;
      }
      Climb climb = group.climb();
      open.put(
          group.id(),
          group.climbing(
              new Climb(climb.round(), climb.step(), now(), climb.remindAt(), climb.reached())));
      timer(group.id(), now());
    } finally {
      lock.unlock();
    }
  }

  /// Whether another target of the same step was reached or may be yet. What is told of every group
  /// anyhow wakes nobody: it does not count.
  private boolean somebodyElseIsReached(Delivery delivery) {
    if (exits.everywhere().contains(delivery.target())) {
      return true;
    }
    return journal.outbox().ofGroup(delivery.groupId()).stream()
        .filter(other -> other.notification().at().equals(delivery.notification().at()))
        .filter(other -> !other.id().equals(delivery.id()))
        .filter(other -> !exits.everywhere().contains(other.target()))
        .anyMatch(other ->
            switch (other.state()) {
              case SENT, SUPERSEDED -> true;
              case PENDING, SENDING -> other.attempts() < Outbox.ATTEMPTS_BEFORE_NEXT_STEP;
              case FAILED -> false;
            });
  }

  /// The open groups, the oldest first.
  public List<PageGroup> openGroups() {
    lock.lock();
    try {
      return open.values().stream().sorted(Comparator.comparing(PageGroup::openedAt)).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Who can be told, and when.
  public OnCall onCall() {
    return rules.onCall();
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      timers.values().forEach(Cancel::cancel);
      timers.clear();
    } finally {
      lock.unlock();
    }
  }
}
