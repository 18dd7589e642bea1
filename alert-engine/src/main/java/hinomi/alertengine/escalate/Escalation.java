package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.PageTimes;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.oncall.Ladder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Decides who is told about a group, and when. Grouping times follow Alertmanager's dispatcher;
/// the ladder is climbed until somebody acknowledges; whoever was told of a fire is told of its
/// end.
record Escalation(Ladder ladder, PageTimes times) {
  Verdict judge(PageGroup group, Instant now) {
    if (!group.isOpen()) {
      return new Verdict.Wait(NEVER);
    }
    if (!group.flushAt().isAfter(now)) {
      return flush(group, now);
    }
    Climb climb = group.climb();
    Instant stepAt = group.acknowledgement().isGiven() ? NEVER : climb.stepAt();
    if (group.isFiring() && !stepAt.isAfter(now)) {
      return escalate(group, now);
    }
    if (group.isFiring() && !climb.remindAt().isAfter(now)) {
      Climb reminded =
          new Climb(
              climb.round(),
              climb.step(),
              climb.stepAt(),
              now.plus(times.repeat()),
              climb.reached());
      return tell(group.climbing(reminded), group, Reason.REMINDER, climb.reached(), now);
    }
    return new Verdict.Wait(
        Stream.of(group.flushAt(), stepAt, climb.remindAt()).min(Instant::compareTo).orElse(NEVER));
  }

  private Verdict flush(PageGroup group, Instant now) {
    List<String> reached = group.climb().reached();
    if (!group.isFiring()) {
      PageGroup closed = group.closed(now);
      return reached.isEmpty()
          ? new Verdict.Close(closed)
          : tell(closed, group, Reason.RESOLVED, reached, now);
    }
    if (!group.hasNews()) {
      return tell(group.flushed(now, group.climb()), group, Reason.PARTLY_RESOLVED, reached, now);
    }
    boolean first = reached.isEmpty();
    // An acknowledgement was for the alerts of its time: nobody has taken on the new ones.
    boolean again = group.acknowledgement().isGiven();
    if (first || again) {
      List<String> targets = union(reached, ladder.step(0).targets());
      PageGroup after =
          group
              .acknowledged(Acknowledgement.NONE)
              .flushed(now, begun(group.climb().round() + 1, targets, group.route().page(), now));
      return tell(after, group, first ? Reason.FIRST_ALERT : Reason.NEW_ALERTS, targets, now);
    }
    return tell(group.flushed(now, group.climb()), group, Reason.NEW_ALERTS, reached, now);
  }

  private Climb begun(int round, List<String> reached, boolean page, Instant now) {
    Instant stepAt = page && ladder.length() > 1 ? now.plus(ladder.step(0).delay()) : NEVER;
    return new Climb(round, 1, stepAt, now.plus(times.repeat()), reached);
  }

  private Verdict escalate(PageGroup group, Instant now) {
    Climb climb = group.climb();
    Ladder.Step step = ladder.step(climb.step());
    int next = climb.step() + 1;
    // From now, not from the due time: after an outage the steps do not all fall due at once.
    Instant stepAt = next < ladder.length() ? now.plus(step.delay()) : NEVER;
    Climb higher =
        new Climb(
            climb.round(), next, stepAt, climb.remindAt(), union(climb.reached(), step.targets()));
    return tell(group.climbing(higher), group, Reason.ESCALATED, step.targets(), now);
  }

  private static Verdict tell(
      PageGroup after, PageGroup told, Reason reason, List<String> targets, Instant now) {
    int step = Math.max(0, after.climb().step() - 1);
    PageGroup content = told.climbing(after.climb());
    return new Verdict.Tell(after, new Notification(content, reason, step, now), targets);
  }

  private static List<String> union(List<String> before, List<String> more) {
    Set<String> all = new LinkedHashSet<>(before);
    all.addAll(more);
    return new ArrayList<>(all);
  }
}
