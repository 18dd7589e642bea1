package hinomi.alertengine.backtest;

import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.Topology;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// All that decides what an engine says.
public record Setup(
    AlertEngineConfig config, AlertRules rules, AlertRouting routing, Topology topology) {
  /// How much earlier a replay has to begin for what is pending or kept firing to be so.
  private static final Duration MOST_WARMING = Duration.ofHours(6);

  Stream<Rule> eachRule() {
    return rules.groups().stream().flatMap(group -> group.rules().stream());
  }

  Set<String> recorded() {
    Set<String> names = new HashSet<>();
    eachRule().filter(Rule.Recording.class::isInstance).forEach(rule -> names.add(rule.name()));
    return names;
  }

  Set<String> alertnames() {
    Set<String> names = new HashSet<>();
    eachRule().filter(Rule.Alerting.class::isInstance).forEach(rule -> names.add(rule.name()));
    return names;
  }

  /// The same groups without the rules that record some metrics.
  Setup withoutRecording(Set<String> metrics) {
    return new Setup(
        config,
        new AlertRules(
            rules.groups().stream()
                .map(group ->
                    group.with(
                        group.rules().stream()
                            .filter(rule ->
                                !(rule instanceof Rule.Recording && metrics.contains(rule.name())))
                            .toList()))
                .toList()),
        routing,
        topology);
  }

  Duration warming() {
    return eachRule()
        .filter(Rule.Alerting.class::isInstance)
        .map(Rule.Alerting.class::cast)
        .map(rule -> rule.holdFor().plus(rule.keepFiringFor()).plus(config.interval()))
        .filter(wanted -> wanted.compareTo(MOST_WARMING) < 0)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO)
        .plus(Duration.ofMinutes(5));
  }
}
