package hinomi.oncall.rotation;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Turns that begin at the occurrences of a rule (RFC 5545, 3.8.5.3) and last for some time of the
/// wall clock, or until the next begins. The n-th occurrence is the n-th turn; one that is taken
/// out keeps its number, so that nobody else's turn moves, and one that is added is a turn of
/// whoever had the occurrence before it.
public final class Recurring implements Rotation {
  private final Occurrences occurrences;
  private final Duration lasts;
  private final Set<LocalDateTime> without;
  private final List<LocalDateTime> added;

  /// @param lasts of each occurrence, by the wall clock
  /// @param without occurrences that do not happen (EXDATE)
  /// @param added times at which one happens besides (RDATE)
  public Recurring(
      Occurrences occurrences,
      Duration lasts,
      Set<LocalDateTime> without,
      List<LocalDateTime> added) {
    this.occurrences = occurrences;
    this.lasts = lasts;
    this.without = Set.copyOf(without);
    this.added = List.copyOf(added);
  }

  @Override
  public List<Turn> turns(WallClock clock, List<String> people, Span span) {
    // A clock change moves the wall clock by a day at most.
    LocalDateTime from = clock.local(span.from()).minus(lasts).minusDays(2);
    LocalDateTime to = clock.local(span.to()).plusDays(2);
    TreeMap<LocalDateTime, Long> starts = new TreeMap<>();
    occurrences.between(from, to).forEach(each -> starts.put(each.at(), each.number()));
    for (LocalDateTime at : added) {
      if (!at.isBefore(from) && at.isBefore(to)) {
        starts.putIfAbsent(at, Math.max(0, occurrences.upTo(at) - 1));
      }
    }
    new HashSet<>(without).forEach(starts::remove);
    List<Turn> turns = new ArrayList<>();
    starts.forEach((at, n) -> {
      LocalDateTime next = starts.higherKey(at);
      LocalDateTime end = at.plus(lasts);
      Span turn = clock.span(at, next != null && next.isBefore(end) ? next : end);
      if (!turn.isEmpty() && turn.overlaps(span)) {
        turns.add(new Turn(turn, Rotation.whose(people, n)));
      }
    });
    return turns;
  }
}
