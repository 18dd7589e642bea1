package hinomi.alertengine.backtest;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An alert that comes and goes.
///
/// @param fires how often it fired
/// @param again how often soon after it had been resolved
public record Wavering(Labels alert, int fires, int again) {
  private static final Duration SOON = Duration.ofMinutes(15);
  private static final int OFTEN = 2;

  /// @param fires in order of their beginnings
  static List<Wavering> in(List<Course.Fire> fires) {
    Map<Labels, List<Course.Fire>> byAlert = new HashMap<>();
    for (Course.Fire fire : fires) {
      byAlert.computeIfAbsent(fire.labels(), _ -> new ArrayList<>()).add(fire);
    }
    List<Wavering> all = new ArrayList<>();
    byAlert.forEach((alert, each) -> {
      int again = 0;
      for (int i = 1; i < each.size(); i++) {
        Instant over = each.get(i - 1).to();
        again += each.get(i).from().isAfter(over.plus(SOON)) ? 0 : 1;
      }
      if (again >= OFTEN) {
        all.add(new Wavering(alert, each.size(), again));
      }
    });
    all.sort(Comparator.comparingInt(Wavering::again).reversed().thenComparing(Wavering::alert));
    return all;
  }
}
