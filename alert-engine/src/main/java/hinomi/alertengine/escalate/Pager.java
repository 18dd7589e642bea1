package hinomi.alertengine.escalate;

import hinomi.alertengine.deliver.Pages;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.noise.Flaps;
import hinomi.alertengine.route.Routing;
import hinomi.alertengine.storm.Gate;
import hinomi.alertengine.storm.Urgency;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final int MOST_AT_ONCE = 1_000; // groups in one transaction
  private static final Duration AFTER_DATABASE_FAILURE = Duration.ofSeconds(1);
  private static final Duration AFTER_OWN_FAILURE = Duration.ofMinutes(1);

  private final Routing routing;
  private final Mutes mutes;
  private final Flaps flaps; // under the lock
  private final Gate gate; // under the lock
  private final Time time;
  private final Exits exits;
  private final Replies replies; // under the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Agenda agenda; // under the lock
  private final Standing standing; // under the lock
  private final OpenGroups open; // of these
  private final Outlook outlook;
  private volatile boolean closed;

  /// What pages are judged by.
  public record Policy(Routing routing, Mutes mutes, Flaps flaps, Gate gate) {}

  public Pager(AlertJournal journal, Policy policy, Time time, Exits exits) {
    this.routing = policy.routing();
    this.mutes = policy.mutes();
    this.flaps = policy.flaps();
    this.gate = policy.gate();
    this.time = time;
    this.exits = exits;
    this.agenda = new Agenda(time, this::due);
    this.standing = new Standing(journal, policy, exits, agenda);
    this.open = standing.open();
    this.outlook = new Outlook(lock, open, policy, time);
    this.replies =
        new Replies(
            journal,
            open,
            policy.gate(),
            new Reach(journal.outbox(), policy.routing(), exits.everywhere()));
  }

  /// Takes up the groups that were open when the engine last stopped; what fell due meanwhile is
  /// done now.
  public void resume() {
    lock.lock();
    try {
      standing.restore();
      flaps.restore();
      agenda.put(CALM, flaps.due());
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
    take(Changes.none(now), sifted, now);
  }

  /// A source fires no longer: what it kept silent is judged again.
  private void judgeHeld(Work work, Dispatch done) {
    standing
        .muted()
        .forEach((id, mutes) -> {
          if (!done.touched(id) && mutes.values().stream().anyMatch(Mute::dependsOnAlerts)) {
            open.byId(id).ifPresent(group -> work.advance(reconsidered(group, work.now())));
          }
        });
  }

  private PageGroup reconsidered(PageGroup group, Instant now) {
    return group.reconsidered(routing.times(group.route()), now);
  }

  private Work work(Instant now) {
    return new Work(
        new Work.Terms(routing, mutes, gate, exits.everywhere(), standing.muted()), now);
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
        if (standing.muted(group).values().stream().anyMatch(Mute.CausedBy.class::isInstance)
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
      boolean summary = ids.remove(Standing.STORM);
      if (summary || !ids.isEmpty()) {
        List<String> all = new ArrayList<>(ids);
        all.add(Standing.STORM);
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
      attempt(List.of(Standing.STORM), () -> judgeTogether(List.of()));
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
    standing.write(work, changes);
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

  /// What others ask.
  public Outlook outlook() {
    return outlook;
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
