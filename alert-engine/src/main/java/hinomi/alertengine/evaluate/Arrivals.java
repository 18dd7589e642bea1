package hinomi.alertengine.evaluate;

import hinomi.alertengine.Selectors;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.kind.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which groups, and which pushed rules, look at which metrics. Immutable; told of what every
/// commit stored.
///
/// A metric's name is all that is marked: samples of other metrics cost a rule nothing, those of
/// other series of its own metrics an evaluation, of which [Effort] allows so many.
public final class Arrivals {
  private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

  private final Map<String, List<Trigger>> byMetric;
  private final List<Trigger> triggers;
  private final Set<String> late;
  private final Surroundings with;

  /// @param late metrics whose lag matters
  private Arrivals(
      Map<String, List<Trigger>> byMetric,
      List<Trigger> triggers,
      Set<String> late,
      Surroundings with) {
    this.triggers = List.copyOf(triggers);
    this.byMetric = Map.copyOf(byMetric);
    this.late = Set.copyOf(late);
    this.with = with;
  }

  public static Arrivals of(List<GroupLoop> loops, Selectors selectors, Surroundings with) {
    Set<String> late = new HashSet<>();
    Map<String, List<Trigger>> byMetric = new HashMap<>();
    List<Trigger> triggers = new ArrayList<>();
    for (GroupLoop loop : loops) {
      triggers.add(loop.trigger());
      add(loop.trigger(), metrics(loop, selectors), byMetric);
      for (PushedRun pushed : loop.pushed()) {
        Set<String> metrics = metrics(pushed.view().rule(), selectors);
        if (metrics.isEmpty()) {
          log.atWarn()
              .addKeyValue("rule", pushed.view().rule().id())
              .log("a selector names no metric: trigger push has no effect");
        }
        triggers.add(pushed.trigger());
        add(pushed.trigger(), metrics, byMetric);
      }
      late.addAll(loop.waitsFor());
    }
    return new Arrivals(byMetric, triggers, late, with);
  }

  /// As if samples of everything had come.
  public void all() {
    Instant now = with.time().now();
    triggers.forEach(trigger -> trigger.touch(now, now.toEpochMilli()));
  }

  private static void add(
      Trigger trigger, Set<String> metrics, Map<String, List<Trigger>> byMetric) {
    metrics.forEach(
        metric -> byMetric.computeIfAbsent(metric, _ -> new ArrayList<>()).add(trigger));
  }

  /// What a group stores itself does not trigger it, or it would run for ever.
  private static Set<String> metrics(GroupLoop loop, Selectors selectors) {
    Set<String> metrics = new HashSet<>();
    for (Rule rule : loop.group().rules()) {
      if (!rule.isPushed()) {
        metrics.addAll(metrics(rule, selectors));
      }
    }
    for (Rule rule : loop.group().rules()) {
      metrics.remove(rule.name());
    }
    return metrics;
  }

  private static Set<String> metrics(Rule rule, Selectors selectors) {
    Set<String> metrics = new HashSet<>();
    if (rule.language() == Language.PROMQL) {
      metrics.addAll(selectors.metricNames(rule.expression()));
    }
    if (rule instanceof Rule.Alerting alerting && !alerting.watch().recover().isEmpty()) {
      metrics.addAll(selectors.metricNames(alerting.watch().recover()));
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
        byMetric.getOrDefault(metric, List.of()).forEach(trigger -> trigger.touch(now, timestamp)));
  }
}
