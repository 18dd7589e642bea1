package hinomi.alertengine.backtest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which messages of two replays are the same: to the same target, about the same group, for the
/// same reason, at nearly the same time. Word that something is over is left out.
record Difference(List<Told> gained, List<Told> lost) {
  /// A page that comes so much earlier or later is still the same page.
  private static final Duration NEAR = Duration.ofMinutes(15);

  private record Like(String target, String group, Object reason, boolean page) {
    static Like of(Told told) {
      return new Like(told.target(), told.group(), told.reason(), told.page());
    }
  }

  static Difference of(List<Told> before, List<Told> after) {
    Map<Like, Deque<Told>> waiting = new LinkedHashMap<>();
    for (Told told : before) {
      if (told.isAlarm()) {
        waiting.computeIfAbsent(Like.of(told), _ -> new ArrayDeque<>()).add(told);
      }
    }
    List<Told> gained = new ArrayList<>();
    List<Told> lost = new ArrayList<>();
    for (Told told : after) {
      if (told.isAlarm()) {
        Deque<Told> olds = waiting.getOrDefault(Like.of(told), new ArrayDeque<>());
        while (!olds.isEmpty() && olds.getFirst().at().plus(NEAR).isBefore(told.at())) {
          lost.add(olds.removeFirst());
        }
        if (!olds.isEmpty() && !olds.getFirst().at().minus(NEAR).isAfter(told.at())) {
          olds.removeFirst();
        } else {
          gained.add(told);
        }
      }
    }
    waiting.values().forEach(lost::addAll);
    lost.sort(java.util.Comparator.comparing(Told::at));
    return new Difference(gained, lost);
  }
}
