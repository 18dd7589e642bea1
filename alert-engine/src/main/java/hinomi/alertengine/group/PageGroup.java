package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.route.Route;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

  public boolean isOpen() {
    return closedAt.equals(NEVER);
  }

  public boolean isFiring() {
    return members.values().stream().anyMatch(Member::isFiring);
  }

  public boolean hasNews() {
    return members.values().stream()
        .anyMatch(member -> member.isFiring() && member.told() == Member.Told.NOTHING);
  }

  /// Takes in alerts that began to fire or were resolved.
  public PageGroup with(Collection<Member> changed, Origin cause, PageTimes times, Instant now) {
    Map<String, Member> merged = new LinkedHashMap<>(members);
    for (Member member : changed) {
      Member before = merged.get(member.key());
      if (before != null) {
        merged.put(member.key(), member.knownAs(before.told()));
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

  private Instant nextFlush(PageTimes times, Instant now) {
    boolean first = flushedAt.equals(NEVER);
    if (first) {
      // What resolves before anybody was told is closed without a word.
      return isFiring() ? openedAt.plus(times.groupWait()) : now;
    }
    if (hasNews() || !isFiring()) {
      return later(now, flushedAt.plus(times.interval()));
    }
    boolean partlyResolved = members.values().stream().anyMatch(member -> !member.isFiring());
    return partlyResolved ? later(now, flushedAt.plus(times.partInterval())) : NEVER;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private PageGroup flushingAt(Instant at) {
    return new PageGroup(
        id, route, openedAt, members, at, flushedAt, climb, acknowledgement, closedAt, origin);
  }

  /// Its changes have been told: what is resolved leaves, what fires is known.
  public PageGroup flushed(Instant now, Climb newClimb) {
    Map<String, Member> left = new LinkedHashMap<>();
    members.forEach((key, member) -> {
      if (member.isFiring()) {
        left.put(key, member.knownAs(Member.Told.FIRING));
      }
    });
    return new PageGroup(
        id, route, openedAt, left, NEVER, now, newClimb, acknowledgement, closedAt, origin);
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
