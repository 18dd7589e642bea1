package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.Handover;
import hinomi.alertengine.deliver.Pages;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.Row;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.noise.Flaps;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Routing;
import hinomi.alertengine.storm.Gate;
import hinomi.alertengine.storm.Urgency;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the open groups. Whatever changes one — an alert, a due time, an acknowledgement — goes
/// the same way: ask [Escalation] until it says wait, write state, group and outbox rows in one
/// transaction, then set the next timer. If the database fails, pages leave without it.
///
/// Any thread; changes happen one after another under a lock that is held over the write.
public final class Pager implements Pages, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pager.class);
  private static final String CALM = "calm"; // stands for the flapping alerts in the agenda
  private static final String STORM = "storm"; // for the summaries, likewise
  private static final int MOST_AT_ONCE = 1_000; // groups in one transaction
  private static final Duration AFTER_DATABASE_FAILURE = Duration.ofSeconds(1);
  private static final Duration AFTER_OWN_FAILURE = Duration.ofMinutes(1);

  private final AlertJournal journal;
  private final Routing routing;
  private final Mutes mutes;
  private final Flaps flaps; // under the lock
  private final Gate gate; // under the lock
  private final Time time;
  private final Exits exits;
  private final Replies replies; // under the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final OpenGroups open = new OpenGroups(); // under the lock
  private final Map<String, Map<String, Mute>> muted = new HashMap<>(); // by group, by member
  private final Agenda agenda; // under the lock
  private final Unrecorded unrecorded = new Unrecorded(); // under the lock
  private volatile boolean closed;

  /// What is told to whom, once it is written.
  ///
  /// @param everywhere targets that are told of every group
  /// @param events takes the changed alerts, always before anything is said of their pages
  /// @param handover takes what is about to be written, and lets it leave
  /// @param wake lets leave what was written by others
  public record Exits(
      List<String> everywhere,
      Consumer<List<AlertEvent>> events,
      Chronicle chronicle,
      Function<List<Delivery>, Handover> handover,
      Runnable wake,
      Unrecorded.Exit unrecorded) {}

  /// What pages are judged by.
  public record Policy(Routing routing, Mutes mutes, Flaps flaps, Gate gate) {}

  public Pager(AlertJournal journal, Policy policy, Time time, Exits exits) {
    this.journal = journal;
    this.routing = policy.routing();
    this.mutes = policy.mutes();
    this.flaps = policy.flaps();
    this.gate = policy.gate();
    this.time = time;
    this.exits = exits;
    this.replies =
        new Replies(
            journal,
            open,
            policy.gate(),
            new Reach(journal.outbox(), policy.routing(), exits.everywhere()));
    this.agenda = new Agenda(time, this::due);
  }

  /// What an evaluation changed.
  ///
  /// @param stored alerts to be written
  /// @param forgotten alerts to be deleted
  /// @param told alerts that began to fire or were resolved
  /// @param events that say so
  /// @param rows of other tables that are written with them
  public record Changes(
      List<StoredAlert> stored,
      List<StoredAlert> forgotten,
      List<Member> told,
      List<AlertEvent> events,
      PageGroup.Origin origin,
      List<Row> rows) {
    public Changes(
        List<StoredAlert> stored,
        List<StoredAlert> forgotten,
        List<Member> told,
        List<AlertEvent> events,
        PageGroup.Origin origin) {
      this(stored, forgotten, told, events, origin, List.of());
    }

    static final Changes NONE =
        new Changes(List.of(), List.of(), List.of(), List.of(), new PageGroup.Origin(NEVER, ""));

    Changes with(List<Row> more) {
      List<Row> all = new ArrayList<>(rows);
      all.addAll(more);
      return new Changes(stored, forgotten, told, events, origin, all);
    }

    /// The same with the trace that its pages continue.
    public Changes traced(String traceparent) {
      return new Changes(
          stored, forgotten, told, events, new PageGroup.Origin(origin.at(), traceparent), rows);
    }
  }

  /// Takes up the groups that were open when the engine last stopped; what fell due meanwhile is
  /// done now.
  public void resume() {
    lock.lock();
    try {
      journal.openGroups().forEach(open::put);
      flaps.restore();
      gate.restore();
      agenda.put(CALM, flaps.due());
      Dispatch.watch(open.all(), mutes);
      for (PageGroup group : open.all()) {
        // What was muted is judged again, so that it is known by what.
        open.put(group.hasNews() ? reconsidered(group, now()) : group);
      }
      List<String> all = open.all().stream().map(PageGroup::id).toList();
      attempt(all, () -> judge(all));
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
      take(changes, flaps.sift(changes.told(), now), now);
    } finally {
      lock.unlock();
    }
  }

  private void take(Changes changes, Flaps.Sifted sifted, Instant now) {
    Work work = work(now);
    sifted.decisions().forEach(work::note);
    Dispatch dispatch = new Dispatch(open, routing, mutes);
    sifted.told().forEach(member -> dispatch.add(member, changes.origin(), work.now()));
    for (PageGroup group : dispatch.groups().stream().sorted(dispatch.urgency()).toList()) {
      List<Member> members = dispatch.members(group);
      work.changed(
          group,
          group.with(members, changes.origin(), routing.times(group.route()), work.now()),
          members);
    }
    if (dispatch.sourceEnded()) {
      judgeHeld(work, dispatch);
    }
    write(work, changes.with(sifted.rows()));
    flaps.settle(sifted);
    agenda.put(CALM, flaps.due());
  }

  private void calm() {
    Instant now = now();
    Flaps.Sifted sifted = flaps.calm(now);
    Changes none =
        new Changes(List.of(), List.of(), List.of(), List.of(), new PageGroup.Origin(now, ""));
    take(none, sifted, now);
  }

  /// A source fires no longer: what it kept silent is judged again.
  private void judgeHeld(Work work, Dispatch done) {
    muted.forEach((id, mutes) -> {
      if (!done.touched(id) && mutes.values().stream().anyMatch(Mute::dependsOnAlerts)) {
        open.byId(id).ifPresent(group -> work.advance(reconsidered(group, work.now())));
      }
    });
  }

  private PageGroup reconsidered(PageGroup group, Instant now) {
    return group.reconsidered(routing.times(group.route()), now);
  }

  private Work work(Instant now) {
    return new Work(new Work.Terms(routing, mutes, gate, exits.everywhere(), muted), now);
  }

  /// What keeps alerts from being told has changed, such as a silence: what fires is judged again,
  /// in groups with an alert that is concerned. Returns when that is done.
  public void reconsider(Predicate<Labels> concerned) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Work work = work(now());
      for (PageGroup group : open.all()) {
        // A consequence of what is concerned has labels of its own.
        if (muted.getOrDefault(group.id(), Map.of()).values().stream()
                .anyMatch(Mute.CausedBy.class::isInstance)
            || group.members().values().stream().anyMatch(one -> concerned.test(one.labels()))) {
          work.advance(reconsidered(group, work.now()));
        }
      }
      write(work, Changes.NONE);
    } catch (Unavailable e) {
      log.atError().addKeyValue("reason", e.reason()).log("mutes not judged");
      Cancel _ =
          time.at(
              now().plus(AFTER_DATABASE_FAILURE),
              "mutes judged again",
              () -> reconsider(concerned));
    } finally {
      lock.unlock();
    }
  }

  private void due() {
    lock.lock();
    try {
      agenda.rung();
      Instant now = now();
      List<String> ids = closed ? List.of() : new ArrayList<>(agenda.take(now, MOST_AT_ONCE));
      if (ids.remove(CALM)) {
        attempt(List.of(CALM), this::calm);
      }
      // A summary tells of what the groups have become.
      boolean summary = ids.remove(STORM);
      if (summary || !ids.isEmpty()) {
        List<String> all = new ArrayList<>(ids);
        all.add(STORM);
        attempt(all, () -> judge(ids));
      }
    } finally {
      agenda.arm();
      lock.unlock();
    }
  }

  /// One that fails takes no other with it: then each is judged by itself.
  private void judge(List<String> ids) {
    try {
      judgeTogether(ids);
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      if (ids.size() <= 1) {
        throw e;
      }
      ids.forEach(id -> attempt(List.of(id), () -> judgeTogether(List.of(id))));
      attempt(List.of(STORM), () -> judgeTogether(List.of()));
    }
  }

  private void judgeTogether(List<String> ids) {
    Work work = work(now());
    ids.stream().flatMap(id -> open.byId(id).stream()).sorted(Urgency.ORDER).forEach(work::advance);
    write(work, Changes.NONE);
  }

  private void attempt(List<String> ids, Runnable step) {
    try {
      step.run();
    } catch (Unavailable e) {
      log.atError()
          .addKeyValue("groups", ids.size())
          .addKeyValue("reason", e.reason())
          .log("pages not recorded");
      ids.forEach(id -> agenda.put(id, now().plus(AFTER_DATABASE_FAILURE)));
    } catch (RuntimeException e) {
      log.atError().addKeyValue("groups", ids).setCause(e).log("pages not judged");
      ids.forEach(id -> agenda.put(id, now().plus(AFTER_OWN_FAILURE)));
    }
  }

  private void write(Work work, Changes changes) {
    if (closed) {
      throw new Unavailable("the alert engine takes up another configuration, or ends");
    }
    work.summarise(open::byId);
    try (Handover handover = exits.handover().apply(work.deliveries())) {
      record(work, changes, handover.rows());
      unrecorded.clear();
      settle(work, changes.events());
      handover.written();
    }
  }

  private void record(Work work, Changes changes, List<Delivery> deliveries) {
    try {
      journal.commit(
          new Batch(
              changes.stored(),
              changes.forgotten(),
              work.changes(open::byId),
              deliveries,
              work.decisions(),
              changes.with(work.visit().rows()).rows()));
    } catch (Unavailable e) {
      unrecorded.send(work.deliveries(), exits.unrecorded());
      Dispatch.watch(open.all(), mutes);
      throw e;
    }
  }

  /// It is written: now it counts.
  private void settle(Work work, List<AlertEvent> events) {
    gate.settle(work.visit());
    exits.events().accept(events);
    exits.chronicle().decided(work.deliveries());
    exits.chronicle().decided(work.bundled());
    muted.putAll(work.muted());
    for (PageGroup group : work.groups()) {
      open.put(group);
      if (!group.isOpen()) {
        muted.remove(group.id());
      }
      agenda.put(group.id(), work.due(group));
    }
    agenda.put(STORM, gate.due());
  }

  /// Stops the climb. The first acknowledgement of a round counts; a later one changes nothing.
  /// That of a summary is for all groups that it told of.
  ///
  /// @param round that was meant, or -1 for the present one
  public PageGroup acknowledge(String id, int round, String by, String note) {
    lock.lock();
    try {
      Work work = work(now());
      Replies.Taken taken = replies.take(new Replies.Word(id, round, by, note), work);
      write(work, Changes.NONE);
      taken.fresh().forEach(exits.chronicle()::acknowledged);
      log.atInfo()
          .addKeyValue("group", id)
          .addKeyValue("by", by)
          .addKeyValue("groups", taken.fresh().size())
          .log("acknowledged");
      return taken.answer();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWanted(Delivery delivery) {
    lock.lock();
    try {
      return replies.isWanted(delivery);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unreachable(Delivery delivery) {
    lock.lock();
    try {
      for (PageGroup group : replies.unreachable(delivery, now())) {
        open.put(group);
        agenda.put(group.id(), now());
      }
    } finally {
      lock.unlock();
    }
  }

  /// What keeps an alert from being told at a time, besides the hours of its routes. Of other
  /// alerts only those count that fire now.
  public Optional<Mute> muted(Labels alert, Instant at) {
    lock.lock();
    try {
      return mutes.at(List.of(), List.of(), at).of(alert);
    } finally {
      lock.unlock();
    }
  }

  /// What keeps alerts from being told now besides silences: planned work, other alerts and, for
  /// any of their routes, the time of day. Those that nothing keeps are left out.
  public Map<Labels, List<Mute>> muting(Collection<Labels> alerts) {
    lock.lock();
    try {
      Map<Labels, List<Mute>> muting = new HashMap<>();
      for (Labels alert : alerts) {
        List<Mute> found = mutes.besidesSilences(alert, routing, now());
        if (!found.isEmpty()) {
          muting.put(alert, found);
        }
      }
      return muting;
    } finally {
      lock.unlock();
    }
  }

  /// The open groups, the oldest first.
  public List<PageGroup> openGroups() {
    lock.lock();
    try {
      return open.oldestFirst();
    } finally {
      lock.unlock();
    }
  }

  /// Who can be told, and when.
  public OnCall onCall() {
    return routing.onCall();
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      agenda.close();
    } finally {
      lock.unlock();
    }
  }
}
