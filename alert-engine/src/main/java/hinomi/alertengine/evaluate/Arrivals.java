package hinomi.alertengine.evaluate;

import hinomi.alertengine.Selectors;
import hinomi.alertengine.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which groups look at which metrics. Immutable; told of what every commit stored.
public final class Arrivals {
  private final Map<String, List<GroupLoop>> byMetric;
  private final Set<String> late;
  private final Surroundings with;

  /// @param late metrics whose lag matters
  private Arrivals(Map<String, List<GroupLoop>> byMetric, Set<String> late, Surroundings with) {
    this.byMetric = Map.copyOf(byMetric);
    this.late = Set.copyOf(late);
    this.with = with;
  }

  public static Arrivals of(List<GroupLoop> loops, Selectors selectors, Surroundings with) {
    Set<String> late = new HashSet<>();
    Map<String, List<GroupLoop>> byMetric = new HashMap<>();
    for (GroupLoop loop : loops) {
      for (String metric : metrics(loop, selectors)) {
        byMetric.computeIfAbsent(metric, _ -> new ArrayList<>()).add(loop);
      }
    }
    loops.forEach(loop -> late.addAll(loop.waitsFor()));
    return new Arrivals(byMetric, late, with);
  }

  /// What a group stores itself does not trigger it, or it would run for ever.
  private static Set<String> metrics(GroupLoop loop, Selectors selectors) {
    Set<String> metrics = new HashSet<>();
    for (Rule rule : loop.group().rules()) {
      metrics.addAll(selectors.metricNames(rule.expression()));
      if (rule instanceof Rule.Alerting alerting && !alerting.watch().recover().isEmpty()) {
        metrics.addAll(selectors.metricNames(alerting.watch().recover()));
      }
    }
    for (Rule rule : loop.group().rules()) {
      metrics.remove(rule.name());
    }
    metrics.remove("ALERTS");
    metrics.remove("ALERTS_FOR_STATE");
    return metrics;
  }

  /// Whether some rule looks at a metric.
  public boolean matter(String metric) {
    return byMetric.containsKey(metric);
  }

  /// Does not block.
  ///
  /// @param newest by metric, the newest timestamp that was stored, milliseconds since the epoch
  public void stored(Map<String, Long> newest) {
    Instant now = with.time().now();
    newest.forEach((metric, timestamp) -> {
      if (late.contains(metric)) {
        with.lags().arrived(metric, timestamp, now);
      }
    });
    newest.forEach((metric, timestamp) ->
        byMetric.getOrDefault(metric, List.of()).forEach(loop -> loop.touch(now, timestamp)));
  }
}
