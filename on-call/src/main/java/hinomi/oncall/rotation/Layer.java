package hinomi.oncall.rotation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One rotation of a schedule, with the times in which it counts.
///
/// @param people who take turns; [Turn#NOBODY] is an empty slot
/// @param windows in which it counts; none means always
/// @param until from when on it counts no more
public record Layer(
    String id,
    Rotation rotation,
    List<String> people,
    List<Window> windows,
    Optional<LocalDateTime> until) {
  public Layer {
    people = List.copyOf(people);
    windows = List.copyOf(windows);
  }

  /// Who has which turn in a span, cut to it, in order. Where it says nobody, there is no turn.
  public List<Turn> turns(WallClock clock, Holidays holidays, Span span) {
    Span alive =
        until
            .map(clock::instant)
            .map(end -> new Span(span.from(), later(span.from(), end)).within(span))
            .orElse(span);
    List<Turn> turns = new ArrayList<>();
    if (alive.isEmpty()) {
      return turns;
    }
    List<Span> open = windows.isEmpty() ? List.of(alive) : open(clock, holidays, alive);
    int i = 0;
    for (Turn turn : rotation.turns(clock, people, alive)) {
      while (i < open.size() && !open.get(i).to().isAfter(turn.from())) {
        i++;
      }
      for (int j = i; j < open.size() && open.get(j).from().isBefore(turn.to()); j++) {
        if (!turn.person().equals(Turn.NOBODY)) {
          turns.add(new Turn(turn.span().within(open.get(j)), turn.person()));
        }
      }
    }
    return turns;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private List<Span> open(WallClock clock, Holidays holidays, Span span) {
    // Windows that began the day before reach in, and a clock change can move the date by a day.
    LocalDate first = clock.local(span.from()).toLocalDate().minusDays(2);
    LocalDate last = clock.local(span.to()).toLocalDate().plusDays(1);
    List<Span> open = new ArrayList<>();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      for (Window window : windows) {
        if (window.on(date, holidays)) {
          open.add(window.span(date, clock).within(span));
        }
      }
    }
    return Span.joined(open);
  }
}
