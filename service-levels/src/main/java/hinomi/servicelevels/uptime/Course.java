package hinomi.servicelevels.uptime;

import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.servicelevels.ledger.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The condition of something over a stretch of time, without a gap: what is not known is unknown.
/// Immutable.
public final class Course {
  private final List<Step> steps; // the first at the beginning; neighbours differ
  private final Instant to;

  private Course(List<Step> steps, Instant to) {
    this.steps = List.copyOf(steps);
    this.to = to;
  }

  /// The condition from a time on, until the next step.
  private record Step(Instant from, Condition condition) {}

  /// A stretch of one condition.
  ///
  /// @param to the first moment after it
  public record Stretch(Instant from, Instant to, Condition condition) {}

  /// The course that one source's claims tell.
  ///
  /// @param claims oldest first
  public static Course of(List<Claim> claims, Instant from, Instant to) {
    Steps steps = new Steps(from);
    for (Claim claim : claims) {
      if (claim.touches(from, to)) {
        steps.add(claim.from(), claim.condition());
        if (claim.until().isBefore(to)) {
          steps.add(claim.until(), Condition.UNKNOWN);
        }
      }
    }
    return new Course(steps.steps, to);
  }

  /// A component's own course from those of its sources: down while any says down, else up while
  /// any says up, else unknown.
  public static Course ofSources(List<Course> sources, Instant from, Instant to) {
    return combined(
        sources,
        from,
        to,
        said ->
            said.contains(Condition.DOWN)
                ? Condition.DOWN
                : said.contains(Condition.UP) ? Condition.UP : Condition.UNKNOWN);
  }

  /// A parent's course: as the worst child, and down while its own sources say so. They can only
  /// make it worse: they neither speak for a child that is unknown nor does their silence count.
  public static Course ofParent(Course own, List<Course> children, Instant from, Instant to) {
    return combined(
        Stream.concat(children.stream(), Stream.of(own.downOrUp())).toList(),
        from,
        to,
        said ->
            said.contains(Condition.DOWN)
                ? Condition.DOWN
                : said.contains(Condition.UNKNOWN) ? Condition.UNKNOWN : Condition.UP);
  }

  private Course downOrUp() {
    Steps mapped = new Steps(steps.getFirst().from());
    steps.forEach(step ->
        mapped.add(
            step.from(), step.condition() == Condition.DOWN ? Condition.DOWN : Condition.UP));
    return new Course(mapped.steps, to);
  }

  private static Course combined(
      List<Course> courses, Instant from, Instant to, Function<Set<Condition>, Condition> rule) {
    Set<Instant> changes = new TreeSet<>();
    courses.forEach(course -> course.steps.forEach(step -> changes.add(step.from())));
    int[] positions = new int[courses.size()];
    Steps steps = new Steps(from);
    for (Instant change : changes) {
      Set<Condition> said = EnumSet.noneOf(Condition.class);
      for (int i = 0; i < positions.length; i++) {
        Course course = courses.get(i);
        positions[i] = course.position(change, positions[i]);
        said.add(course.steps.get(positions[i]).condition());
      }
      steps.add(change, rule.apply(said));
    }
    return new Course(steps.steps, to);
  }

  /// The step that holds at a time, looked for from a step on that does not begin after it.
  private int position(Instant at, int first) {
    int position = first;
    while (position + 1 < steps.size() && !steps.get(position + 1).from().isAfter(at)) {
      position++;
    }
    return position;
  }

  /// The condition at the end, which is not part of the course any more: what it was just before.
  public Stretch last() {
    Step last = steps.getLast();
    return new Stretch(last.from(), to, last.condition());
  }

  /// The stretches within the course, oldest first.
  public List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Instant end = i + 1 < steps.size() ? steps.get(i + 1).from() : to;
      if (end.isAfter(steps.get(i).from())) {
        stretches.add(new Stretch(steps.get(i).from(), end, steps.get(i).condition()));
      }
    }
    return stretches;
  }

  /// How long it was what between consecutive times, all of them within the course.
  ///
  /// @param bounds ascending; one tally fewer than bounds is returned
  public List<Tally> tallies(List<Instant> bounds) {
    List<Tally> tallies = new ArrayList<>();
    int position = 0;
    for (int i = 0; i + 1 < bounds.size(); i++) {
      Instant at = bounds.get(i);
      Instant end = bounds.get(i + 1);
      Map<Condition, Duration> lengths = new EnumMap<>(Condition.class);
      while (at.isBefore(end)) {
        position = position(at, position);
        Instant until = position + 1 < steps.size() ? steps.get(position + 1).from() : to;
        Instant stop = until.isBefore(end) ? until : end;
        lengths.merge(steps.get(position).condition(), Duration.between(at, stop), Duration::plus);
        at = stop;
      }
      tallies.add(
          new Tally(
              lengths.getOrDefault(Condition.UP, Duration.ZERO),
              lengths.getOrDefault(Condition.DOWN, Duration.ZERO),
              lengths.getOrDefault(Condition.UNKNOWN, Duration.ZERO)));
    }
    return tallies;
  }

  /// Gathers steps in order of time, unknown at first. Of two at the same time the later one
  /// counts, and one that changes nothing is none.
  private static final class Steps {
    final List<Step> steps = new ArrayList<>();

    Steps(Instant from) {
      steps.add(new Step(from, Condition.UNKNOWN));
    }

    void add(Instant at, Condition condition) {
      Instant from = at;
      if (!at.isAfter(steps.getLast().from())) {
        from = steps.removeLast().from(); // begins before the course, or replaces
      }
      if (steps.isEmpty() || steps.getLast().condition() != condition) {
        steps.add(new Step(from, condition));
      }
    }
  }
}
