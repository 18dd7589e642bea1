package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.route.PageTimes;
import hinomi.alertengine.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Alerts that are told about as one, from the first that fires until all are resolved; then the
/// group is closed, and an alert that fires later opens another. Immutable.
///
/// @param id also the thread of its mails
/// @param members by [Member#key]
/// @param flushAt when its changes are to be told
/// @param flushedAt when they were told last
/// @param closedAt when all was resolved and told
/// @param origin the arrival of what made it open
public record PageGroup(
    String id,
    Route route,
    Instant openedAt,
    Map<String, Member> members,
    Instant flushAt,
    Instant flushedAt,
    Climb climb,
    Acknowledgement acknowledgement,
    Instant closedAt,
    Origin origin) {
  /// The node of routes that stand for the summaries of a storm.
  public static final String SUMMARY = "storm";

  /// Where a group comes from, for latency and traces.
  ///
  /// @param at when the samples arrived, or the evaluation's slot
  /// @param traceparent W3C Trace Context of the evaluation; empty when it was not traced
  public record Origin(Instant at, String traceparent) {}

  public PageGroup {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  public static PageGroup open(String id, Route route, Instant at, Origin origin) {
    return new PageGroup(
        id,
        route,
        at,
        Map.of(),
        NEVER,
        NEVER,
        Climb.NOT_BEGUN,
        Acknowledgement.NONE,
        NEVER,
        origin);
  }

  /// Whether it is no group of its own, but stands for the summaries of a storm.
  public boolean isSummary() {
    return route.node().equals(SUMMARY);
  }

  public boolean isOpen() {
    return closedAt.equals(NEVER);
  }

  public boolean isFiring() {
    return members.values().stream().anyMatch(Member::isFiring);
  }

  /// Whether something fires that nobody knows of, be it muted.
  public boolean hasNews() {
    return members.values().stream().anyMatch(this::isNews);
  }

  /// Whether a member is to be told when it may be. What was known and then muted is told anew,
  /// unless somebody has taken it on.
  public boolean isNews(Member member) {
    return member.isFiring()
        && switch (member.told()) {
          case NOTHING, CHANGED -> true;
          case FIRING -> false;
          case HUSHED -> !acknowledgement.isGiven();
        };
  }

  /// Takes in alerts that began to fire or were resolved.
  public PageGroup with(Collection<Member> changed, Origin cause, PageTimes times, Instant now) {
    Map<String, Member> merged = new LinkedHashMap<>(members);
    for (Member member : changed) {
      Member before = merged.get(member.key());
      if (before != null) {
        merged.put(member.key(), member.after(before));
      } else if (member.isFiring()) {
        merged.put(member.key(), member);
      }
    }
    PageGroup after =
        new PageGroup(
            id,
            route,
            openedAt,
            merged,
            flushAt,
            flushedAt,
            climb,
            acknowledgement,
            closedAt,
            hasNews() ? origin : cause);
    return after.flushingAt(after.nextFlush(times, now));
  }

  /// What keeps its alerts from being told has changed: what is not known is told as soon as its
  /// times allow.
  public PageGroup reconsidered(PageTimes times, Instant now) {
    return flushingAt(nextFlush(times, now));
  }

  private Instant nextFlush(PageTimes times, Instant now) {
    boolean first = flushedAt.equals(NEVER);
    if (first) {
      // What resolves before anybody was told is closed without a word.
      return isFiring() ? firstFlush(times.groupWait(), now) : now;
    }
    if (hasNews() || !isFiring()) {
      return later(now, flushedAt.plus(times.interval()));
    }
    boolean partlyResolved = members.values().stream().anyMatch(member -> !member.isFiring());
    return partlyResolved ? later(now, flushedAt.plus(times.partInterval())) : NEVER;
  }

  /// An alert that has fired for longer than the wait has waited already, elsewhere.
  private Instant firstFlush(Duration groupWait, Instant now) {
    boolean old =
        members.values().stream()
            .filter(Member::isFiring)
            .anyMatch(member -> member.startsAt().plus(groupWait).isBefore(openedAt));
    return old ? now : openedAt.plus(groupWait);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  public PageGroup flushingAt(Instant at) {
    return new PageGroup(
        id, route, openedAt, members, at, flushedAt, climb, acknowledgement, closedAt, origin);
  }

  /// Its changes have been told: what is resolved leaves, what fires and was heard is known.
  ///
  /// @param heard keys of the firing members that the message was about; the others are muted
  public PageGroup flushed(Instant now, Climb newClimb, Set<String> heard) {
    Map<String, Member> left = new LinkedHashMap<>();
    members.forEach((key, member) -> {
      if (member.isFiring()) {
        left.put(key, heard.contains(key) ? member.knownAs(Member.Told.FIRING) : member.hushed());
      }
    });
    return new PageGroup(
        id, route, openedAt, left, NEVER, now, newClimb, acknowledgement, closedAt, origin);
  }

  /// Some members are muted. What was resolved and nobody knows of leaves.
  ///
  /// @param muted keys
  public PageGroup hushed(Set<String> muted) {
    Map<String, Member> left = new LinkedHashMap<>();
    members.forEach((key, member) -> {
      if (member.isFiring() || member.isGone()) {
        left.put(key, muted.contains(key) ? member.hushed() : member);
      }
    });
    return with(left);
  }

  /// Those who were told have been reminded; changes that wait for their time wait on.
  public PageGroup reminded(Instant now, Climb newClimb) {
    Instant counted = flushAt.equals(NEVER) ? now : flushedAt;
    return new PageGroup(
        id,
        route,
        openedAt,
        members,
        flushAt,
        counted,
        newClimb,
        acknowledgement,
        closedAt,
        origin);
  }

  /// Only these of its members: what a message is about.
  public PageGroup about(Predicate<Member> shown) {
    Map<String, Member> left = new LinkedHashMap<>();
    members.forEach((key, member) -> {
      if (shown.test(member)) {
        left.put(key, member);
      }
    });
    return with(left);
  }

  /// The same with these members alone.
  public PageGroup with(Map<String, Member> left) {
    return new PageGroup(
        id, route, openedAt, left, flushAt, flushedAt, climb, acknowledgement, closedAt, origin);
  }

  /// Its members stay, for whoever reads its history.
  public PageGroup closed(Instant now) {
    Climb ended = new Climb(climb.round(), climb.step(), NEVER, NEVER, climb.reached());
    return new PageGroup(
        id, route, openedAt, members, NEVER, now, ended, acknowledgement, now, origin);
  }

  public PageGroup climbing(Climb newClimb) {
    return new PageGroup(
        id,
        route,
        openedAt,
        members,
        flushAt,
        flushedAt,
        newClimb,
        acknowledgement,
        closedAt,
        origin);
  }

  public PageGroup acknowledged(Acknowledgement by) {
    return new PageGroup(
        id, route, openedAt, members, flushAt, flushedAt, climb, by, closedAt, origin);
  }
}
