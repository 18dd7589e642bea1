package hinomi.alertengine.backtest;

import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who would be woken at which hour of their day.
///
/// @param byPerson per `person:ID` the 24 hours from midnight
public record Hours(Map<String, List<Integer>> byPerson) {
  /// Hours in which a page costs sleep: from 22 until 6.
  private static final int NIGHT_BEGINS = 22;

  private static final int NIGHT_ENDS = 6;
  private static final int DAY = 24;

  public Hours {
    byPerson = Collections.unmodifiableMap(new TreeMap<>(byPerson));
  }

  static Hours of(List<Told> told, ZoneId zone) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Told each : told) {
      if (each.wakes()) {
        counts
            .computeIfAbsent(each.target(), _ -> new int[DAY])[each.at().atZone(zone).getHour()]++;
      }
    }
    Map<String, List<Integer>> hours = new TreeMap<>();
    counts.forEach(
        (person, count) -> hours.put(person, java.util.Arrays.stream(count).boxed().toList()));
    return new Hours(hours);
  }

  static boolean isNight(int hour) {
    return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
  }

  /// Of one person, or 0 where nobody wakes them.
  public int total(String person) {
    return byPerson.getOrDefault(person, List.of()).stream().mapToInt(Integer::intValue).sum();
  }

  /// Likewise, at night.
  public int nights(String person) {
    List<Integer> hours = byPerson.getOrDefault(person, List.of());
    int nights = 0;
    for (int hour = 0; hour < hours.size(); hour++) {
      nights += isNight(hour) ? hours.get(hour) : 0;
    }
    return nights;
  }

  /// Of all.
  public int nights() {
    return byPerson.keySet().stream().mapToInt(this::nights).sum();
  }
}
