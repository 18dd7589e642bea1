package hinomi.oncall.rotation;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The times at which a rule happens, found as far as somebody asks and kept. Any thread.
public final class Occurrences {
  private final RecurrenceRule rule;
  private final Periods periods;
  private final LocalDateTime start;
  private final List<LocalDateTime> found = new ArrayList<>();
  private long period;
  private boolean over;

  /// @param start DTSTART: from where the rule counts; it happens then only if it says so
  public Occurrences(RecurrenceRule rule, LocalDateTime start) {
    this.rule = rule;
    this.start = start;
    this.periods = new Periods(rule.from(start), start);
  }

  /// A time with its number, from 0.
  public record Occurrence(LocalDateTime at, long number) {}

  /// @param from included
  /// @param to excluded
  public synchronized List<Occurrence> between(LocalDateTime from, LocalDateTime to) {
    find(to);
    List<Occurrence> between = new ArrayList<>();
    for (int i = first(from); i < found.size() && found.get(i).isBefore(to); i++) {
      between.add(new Occurrence(found.get(i), i));
    }
    return between;
  }

  /// How many there are up to a time, and at it.
  public synchronized long upTo(LocalDateTime at) {
    find(at);
    int i = first(at);
    return i < found.size() && found.get(i).equals(at) ? i + 1 : i;
  }

  /// The first `limit` that there are before a time.
  public synchronized List<LocalDateTime> first(int limit, LocalDateTime before) {
    find(before);
    return found.stream().filter(at -> at.isBefore(before)).limit(limit).toList();
  }

  private int first(LocalDateTime from) {
    int i = Collections.binarySearch(found, from);
    return i < 0 ? -i - 1 : i;
  }

  /// Finds all up to a time, and at it.
  private void find(LocalDateTime to) {
    while (!over && !periods.begin(period).isAfter(to)) {
      for (LocalDateTime at : periods.times(period)) {
        if (at.isBefore(start)) {
          continue;
        }
        if (rule.until().isPresent() && at.isAfter(rule.until().get())) {
          over = true;
          break;
        }
        found.add(at);
        if (rule.count() > 0 && found.size() == rule.count()) {
          over = true;
          break;
        }
      }
      period++;
    }
  }
}
