package hinomi.alertengine.backtest;

import hinomi.alertengine.group.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a change does to one alert, by its name: the first thing that its author wants to know.
///
/// @param fired how often it fired, before and after
/// @param pages first pages and new alerts that spoke of it; repetitions and summaries do not count
public record ByAlert(String name, Pair fired, Pair pages) {
  /// A count before and one after.
  public record Pair(int before, int after) {
    int change() {
      return after - before;
    }
  }

  /// One side's counts.
  private record Counts(int fired, int pages) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Counts other) {
      return new Counts(fired + other.fired, pages + other.pages);
    }
  }

  /// Those with the largest changes first.
  static List<ByAlert> of(Course before, Course after) {
    Map<String, Counts> old = counts(before);
    Map<String, Counts> fresh = counts(after);
    Map<String, Counts> names = new HashMap<>(old);
    names.putAll(fresh);
    List<ByAlert> all = new ArrayList<>();
    for (String name : names.keySet()) {
      Counts one = old.getOrDefault(name, Counts.NONE);
      Counts other = fresh.getOrDefault(name, Counts.NONE);
      all.add(
          new ByAlert(
              name, new Pair(one.fired(), other.fired()), new Pair(one.pages(), other.pages())));
    }
    all.sort(Comparator.comparingInt(ByAlert::weight).reversed().thenComparing(ByAlert::name));
    return all;
  }

  private int weight() {
    return 2 * Math.abs(pages.change()) + Math.abs(fired.change());
  }

  boolean isChanged() {
    return weight() > 0;
  }

  private static Map<String, Counts> counts(Course course) {
    Map<String, Counts> counts = new HashMap<>();
    course.fires().forEach(fire -> counts.merge(fire.name(), new Counts(1, 0), Counts::plus));
    for (Told told : course.told()) {
      if (told.page() && isNews(told.reason())) {
        told.alerts().stream()
            .map(labels -> labels.get("alertname"))
            .distinct()
            .forEach(name -> counts.merge(name, new Counts(0, 1), Counts::plus));
      }
    }
    return counts;
  }

  private static boolean isNews(Reason reason) {
    return switch (reason) {
      case FIRST_ALERT, NEW_ALERTS, FLAPPING -> true;
      case ESCALATED, REMINDER, STEADY, PARTLY_RESOLVED, RESOLVED, STORM, STORM_OVER, NOTE -> false;
    };
  }
}
