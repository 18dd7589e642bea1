package hinomi.oncall.answer;

import hinomi.oncall.change.Change;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is on duty of one schedule at any time, with the changes that stand. It never changes
/// itself: another roster or change makes another. Any thread.
///
/// What was computed is kept by stretches of thirty days, so that a question is a look into a
/// sorted list.
public final class Timeline {
  private static final long STRETCH_SECONDS = Duration.ofDays(30).toSeconds();
  private static final int MAX_STRETCHES = 400; // 33 years; more are computed anew
  private static final int FAR = 13; // stretches; somewhat more than a year

  private final Schedule schedule;
  private final List<Change> changes;
  private final Map<Long, List<Duty>> stretches = new ConcurrentHashMap<>();

  /// @param changes of all schedules and in any state
  public Timeline(Schedule schedule, List<Change> changes) {
    this.schedule = schedule;
    this.changes =
        changes.stream()
            .filter(change -> change.counts() && change.schedule().equals(schedule.id()))
            .sorted(Comparator.comparingLong(Change::order))
            .toList();
  }

  public Schedule schedule() {
    return schedule;
  }

  /// The changes that count, the later winning.
  public List<Change> changes() {
    return changes;
  }

  /// Who is on duty at an instant, why, and what comes before and after.
  public OnDuty at(Instant instant) {
    long number = number(instant);
    List<Duty> stretch = stretch(number);
    int i = index(stretch, instant);
    Duty duty = stretch.get(i);
    Optional<Duty> before = other(duty.person(), number, i, -1);
    Optional<Duty> after = other(duty.person(), number, i, 1);
    return new OnDuty(
        instant,
        duty.person(),
        duty.reason(),
        before.map(Duty::to),
        after.map(Duty::from),
        after.map(Duty::person).orElse(""));
  }

  /// Only who: the fastest question.
  public Duty dutyAt(Instant instant) {
    List<Duty> stretch = stretch(number(instant));
    return stretch.get(index(stretch, instant));
  }

  /// All duties of a span, cut to it, gaps included, in order and without a break.
  public List<Duty> duties(Span span) {
    List<Duty> duties = new ArrayList<>();
    if (span.isEmpty()) {
      return duties;
    }
    for (long n = number(span.from()); begin(n).isBefore(span.to()); n++) {
      for (Duty duty : stretch(n)) {
        Span part = duty.span().within(span);
        if (!part.isEmpty()) {
          duties.add(duty.cut(part.from(), part.to()));
        }
      }
    }
    return Laying.joined(duties);
  }

  /// The nearest duty of anybody else, in one direction.
  private Optional<Duty> other(String person, long number, int index, int step) {
    long n = number;
    int i = index;
    List<Duty> stretch = stretch(n);
    while (true) {
      i += step;
      if (i < 0 || i >= stretch.size()) {
        n += step;
        if (Math.abs(n - number) > FAR) {
          return Optional.empty();
        }
        stretch = stretch(n);
        i = step > 0 ? 0 : stretch.size() - 1;
      }
      if (!stretch.get(i).person().equals(person)) {
        return Optional.of(stretch.get(i));
      }
    }
  }

  private static int index(List<Duty> stretch, Instant instant) {
    int low = 0;
    int high = stretch.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (stretch.get(middle).from().isAfter(instant)) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static long number(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), STRETCH_SECONDS);
  }

  private static Instant begin(long number) {
    return Instant.ofEpochSecond(number * STRETCH_SECONDS);
  }

  private List<Duty> stretch(long number) {
    List<Duty> known = stretches.get(number);
    if (known != null) {
      return known;
    }
    List<Duty> duties =
        List.copyOf(Laying.of(schedule, changes, new Span(begin(number), begin(number + 1))));
    if (stretches.size() < MAX_STRETCHES) {
      stretches.put(number, duties);
    }
    return duties;
  }
}
