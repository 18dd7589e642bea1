package hinomi.alertengine.silence;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides what is to be done about silences as time goes by. Pure.
record SilenceUpkeep(SilenceConfig config) {
  /// How old a stored mark of a match may get: it matters for days of idleness.
  private static final Duration MARK_EVERY = Duration.ofHours(1);

  /// @param warn the owner hears that it is about to end
  /// @param end what was idle for too long
  /// @param marked what only gets a newer mark
  /// @param forget what is over for long
  record Plan(
      Map<Silence, Integer> warn, List<Silence> end, List<Silence> marked, List<Silence> forget) {
    boolean isEmpty() {
      return warn.isEmpty() && end.isEmpty() && marked.isEmpty() && forget.isEmpty();
    }
  }

  /// @param matched by id, when something was seen under a silence since it was last stored
  /// @param firing all that fires now
  Plan plan(
      Collection<Silence> all,
      Map<String, Instant> matched,
      Collection<Labels> firing,
      Sight sight,
      Instant now) {
    Map<String, Under> under = new HashMap<>();
    for (Labels labels : firing) {
      int nth = 0;
      for (Silence silence : sight.over(labels)) {
        under.merge(silence.id(), new Under(1, nth++ == 0 ? 1 : 0), Under::plus);
      }
    }
    Plan plan = new Plan(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Silence silence : all) {
      Under count = under.getOrDefault(silence.id(), Under.NOTHING);
      Instant last = count.all() > 0 ? now : matched.getOrDefault(silence.id(), NEVER);
      judge(silence, count.alone(), last, now, plan);
    }
    return plan;
  }

  /// How many alerts fire under a silence.
  ///
  /// @param alone of these, what no other silence hides for longer
  private record Under(int all, int alone) {
    static final Under NOTHING = new Under(0, 0);

    Under plus(Under more) {
      return new Under(all + more.all, alone + more.alone);
    }
  }

  /// Which silences stand over an alert, the last to end first.
  @FunctionalInterface
  interface Sight {
    List<Silence> over(Labels labels);
  }

  private void judge(Silence silence, int under, Instant seenAt, Instant now, Plan plan) {
    switch (silence.state(now)) {
      case PENDING -> {}
      case EXPIRED -> {
        if (!silence.endsAt().plus(config.retention()).isAfter(now)) {
          plan.forget().add(silence);
        }
      }
      case ACTIVE -> active(silence, under, seenAt, now, plan);
    }
  }

  private void active(Silence silence, int under, Instant seenAt, Instant now, Plan plan) {
    Silence.Marks marks = silence.marks();
    boolean seen =
        !seenAt.equals(NEVER)
            && (marks.matchedAt().equals(NEVER) || seenAt.isAfter(marks.matchedAt()));
    Instant matchedAt = seen ? seenAt : marks.matchedAt();
    Instant idleSince = matchedAt.equals(NEVER) ? silence.startsAt() : matchedAt;
    if (!config.idle().isZero() && !idleSince.plus(config.idle()).isAfter(now)) {
      plan.end().add(silence);
    } else if (under > 0 && isNear(silence, now) && marks.warnedAt().equals(NEVER)) {
      plan.warn().put(silence.marked(marks.matched(matchedAt).warned(now)), under);
    } else if (seen
        && (marks.matchedAt().equals(NEVER)
            || !marks.matchedAt().plus(MARK_EVERY).isAfter(matchedAt))) {
      plan.marked().add(silence.marked(marks.matched(matchedAt)));
    }
  }

  /// Of a short silence the last quarter is near its end: a word at its beginning says nothing.
  private boolean isNear(Silence silence, Instant now) {
    Duration quarter = Duration.between(silence.startsAt(), silence.endsAt()).dividedBy(4);
    Duration lead = quarter.compareTo(config.notice()) < 0 ? quarter : config.notice();
    return !lead.isZero() && !silence.endsAt().minus(lead).isAfter(now);
  }
}
