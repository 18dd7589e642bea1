package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Quiet;
import hinomi.alertengine.oncall.Ladder;
import hinomi.alertengine.route.PageTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Decides who is told about a group, and when. Grouping times follow Alertmanager's dispatcher;
/// the ladder is climbed until somebody acknowledges; whoever was told of a fire is told of its
/// end. What is muted is not told, and told at once when it no longer is and still fires; whoever
/// never heard of it does not hear of its end.
///
/// @param quiet what is muted now
record Escalation(Ladder ladder, PageTimes times, Quiet quiet) {
  Verdict judge(PageGroup group, Instant now) {
    if (!group.isOpen()) {
      return new Verdict.Wait(NEVER);
    }
    if (!group.flushAt().isAfter(now)) {
      return flush(group, now);
    }
    if (!group.isFiring()) {
      return new Verdict.Wait(group.flushAt());
    }
    Climb climb = group.climb();
    Instant stepAt = group.acknowledgement().isGiven() ? NEVER : climb.stepAt();
    if (stepAt.isAfter(now) && climb.remindAt().isAfter(now)) {
      return new Verdict.Wait(
          Stream.of(group.flushAt(), stepAt, climb.remindAt())
              .min(Instant::compareTo)
              .orElse(NEVER));
    }
    Hearing hearing = Hearing.of(group, quiet);
    if (hearing.audible().isEmpty()) {
      PageGroup held = hearing.held(now);
      PageGroup after =
          held.flushAt().isBefore(group.flushAt()) ? held : held.flushingAt(group.flushAt());
      return after.equals(group)
          ? new Verdict.Wait(after.flushAt())
          : new Verdict.Hold(after, hearing);
    }
    return stepAt.isAfter(now) ? remind(hearing, now) : escalate(hearing, now);
  }

  private Verdict flush(PageGroup group, Instant now) {
    boolean untold = group.climb().reached().isEmpty();
    if (untold && !group.isFiring()) {
      return new Verdict.Close(group.closed(now));
    }
    if (ladder.step(0).targets().isEmpty()) {
      return new Verdict.Swallow(group.flushed(now, Climb.NOT_BEGUN, group.members().keySet()));
    }
    Hearing hearing = Hearing.of(group, quiet);
    Optional<Mute> hours = quiet.hours();
    if (hours.isPresent() && !group.isFiring()) {
      // Who may not be told of fires at this time of day is not told of ends either, until later.
      return new Verdict.Hold(group.flushingAt(hours.get().until()), hearing);
    }
    if (hearing.hasNews()) {
      return news(hearing, untold, now);
    }
    if (hours.isEmpty() && hearing.hasGone()) {
      return hearing.isKnownToFire() ? partly(hearing, now) : over(hearing, now);
    }
    return group.isFiring()
        ? new Verdict.Hold(hearing.held(now), hearing)
        : new Verdict.Close(group.closed(now));
  }

  private Verdict news(Hearing hearing, boolean first, Instant now) {
    PageGroup group = hearing.group();
    List<String> reached = group.climb().reached();
    // An acknowledgement was for the alerts of its time: nobody has taken on the new ones.
    boolean again = group.acknowledgement().isGiven() && !hearing.hasTurnsOnly();
    if (first || again) {
      List<String> targets = union(reached, ladder.step(0).targets());
      Climb begun = begun(group.climb().round() + 1, targets, group.route().page(), now);
      PageGroup after =
          group.acknowledged(Acknowledgement.NONE).flushed(now, begun, hearing.audible());
      return tell(
          again(after, hearing, now),
          hearing,
          first ? Reason.FIRST_ALERT : Reason.NEW_ALERTS,
          targets,
          now);
    }
    return told(hearing, hearing.reason(), now);
  }

  private Verdict told(Hearing hearing, Reason reason, Instant now) {
    PageGroup group = hearing.group();
    Climb climb = hearing.wasSilent() ? resumed(group.climb(), now) : reminded(group.climb(), now);
    PageGroup after = group.flushed(now, climb, hearing.audible());
    return tell(again(after, hearing, now), hearing, reason, group.climb().reached(), now);
  }

  /// A step that fell due while all was muted begins to count now.
  private Climb resumed(Climb climb, Instant now) {
    Instant stepAt =
        climb.stepAt().isAfter(now)
            ? climb.stepAt()
            : now.plus(ladder.step(Math.max(0, climb.step() - 1)).delay());
    return new Climb(climb.round(), climb.step(), stepAt, remindAt(now), climb.reached());
  }

  /// A message is a reminder of what fires.
  private Climb reminded(Climb climb, Instant now) {
    return new Climb(climb.round(), climb.step(), climb.stepAt(), remindAt(now), climb.reached());
  }

  /// What stays muted is judged again when that may change.
  private static PageGroup again(PageGroup after, Hearing hearing, Instant now) {
    return after.flushingAt(hearing.changesAt(now));
  }

  private Verdict partly(Hearing hearing, Instant now) {
    return told(hearing, Reason.PARTLY_RESOLVED, now);
  }

  /// Nothing that people know of fires any more. What is muted stays, and begins anew if it is ever
  /// heard.
  private Verdict over(Hearing hearing, Instant now) {
    PageGroup group = hearing.group();
    List<String> reached = group.climb().reached();
    PageGroup after;
    if (group.isFiring()) {
      Climb ended = new Climb(group.climb().round(), 0, NEVER, NEVER, List.of());
      after =
          again(
              group.acknowledged(Acknowledgement.NONE).flushed(now, ended, Set.of()), hearing, now);
    } else {
      after = group.closed(now);
    }
    int step = Math.max(0, group.climb().step() - 1);
    PageGroup content = hearing.shown();
    return new Verdict.Tell(
        after, new Notification(content, Reason.RESOLVED, step, now), reached, hearing);
  }

  private Climb begun(int round, List<String> reached, boolean page, Instant now) {
    Instant stepAt = page && ladder.length() > 1 ? now.plus(ladder.step(0).delay()) : NEVER;
    return new Climb(round, 1, stepAt, remindAt(now), reached);
  }

  /// Reminders keep the distance of all messages about a group.
  private Instant remindAt(Instant now) {
    Duration repeat = times.repeat();
    return now.plus(repeat.compareTo(times.interval()) < 0 ? times.interval() : repeat);
  }

  private Verdict remind(Hearing hearing, Instant now) {
    PageGroup group = hearing.group();
    Climb climb = group.climb();
    PageGroup after = group.hushed(hearing.muted().keySet()).reminded(now, reminded(climb, now));
    Instant change = hearing.changesAt(now);
    return tell(
        change.isBefore(after.flushAt()) ? after.flushingAt(change) : after,
        hearing,
        Reason.REMINDER,
        climb.reached(),
        now);
  }

  private Verdict escalate(Hearing hearing, Instant now) {
    PageGroup group = hearing.group();
    Climb climb = group.climb();
    Ladder.Step step = ladder.step(climb.step());
    int next = climb.step() + 1;
    // From now, not from the due time: after an outage the steps do not all fall due at once.
    Instant stepAt = next < ladder.length() ? now.plus(step.delay()) : NEVER;
    Climb higher =
        new Climb(
            climb.round(), next, stepAt, climb.remindAt(), union(climb.reached(), step.targets()));
    return tell(group.climbing(higher), hearing, Reason.ESCALATED, step.targets(), now);
  }

  private static Verdict tell(
      PageGroup after, Hearing told, Reason reason, List<String> targets, Instant now) {
    int step = Math.max(0, after.climb().step() - 1);
    PageGroup content = told.shown().climbing(after.climb());
    return new Verdict.Tell(after, new Notification(content, reason, step, now), targets, told);
  }

  private static List<String> union(List<String> before, List<String> more) {
    Set<String> all = new LinkedHashSet<>(before);
    all.addAll(more);
    return new ArrayList<>(all);
  }
}
