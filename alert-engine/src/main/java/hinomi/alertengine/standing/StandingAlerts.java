package hinomi.alertengine.standing;

import hinomi.alertengine.ConsoleAddress;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.external.ExternalAlert;
import hinomi.alertengine.external.ExternalAlerts;
import hinomi.alertengine.state.Alert;
import hinomi.model.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// All that fires: alerts of our rules and of others. Any thread; takes no lock.
///
/// @param groups of rules as their last evaluations left them
public record StandingAlerts(
    Supplier<List<GroupView>> groups, ExternalAlerts external, ConsoleAddress console) {
  /// Prometheus lets an alert stand for so many intervals after its last word (rules/manager.go),
  /// and no interval counts as less than a minute.
  private static final int INTERVALS = 4;

  private static final Duration LEAST = Duration.ofMinutes(1);

  /// An alert of a rule and one of others with equal labels stand as one, ours.
  public Collection<StandingAlert> all() {
    Map<Labels, StandingAlert> all = new LinkedHashMap<>();
    for (GroupView group : groups.get()) {
      for (RuleView rule : group.rules()) {
        rule.alerts().stream()
            .filter(alert -> alert.phase() == Alert.Phase.FIRING)
            .forEach(alert -> all.putIfAbsent(alert.labels(), ours(group, rule, alert)));
      }
    }
    external.standing().forEach(alert -> all.putIfAbsent(alert.labels(), theirs(alert)));
    return all.values();
  }

  /// The labels alone.
  public Collection<Labels> labels() {
    List<Labels> labels = new ArrayList<>();
    groups.get().stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.phase() == Alert.Phase.FIRING)
        .forEach(alert -> labels.add(alert.labels()));
    external.standing().forEach(alert -> labels.add(alert.labels()));
    return labels;
  }

  private StandingAlert ours(GroupView group, RuleView rule, Alert alert) {
    Duration interval = group.interval().compareTo(LEAST) < 0 ? LEAST : group.interval();
    Instant seen = rule.at().isBefore(alert.firedAt()) ? alert.firedAt() : rule.at();
    return new StandingAlert(
        alert.labels(),
        alert.annotations(),
        alert.firedAt(),
        seen,
        seen.plus(interval.multipliedBy(INTERVALS)),
        link(rule.rule().expression()));
  }

  private String link(String expression) {
    String base = console.url();
    return base.isEmpty()
        ? ""
        : base
            + "/graph?g0.expr="
            + URLEncoder.encode(expression, StandardCharsets.UTF_8)
            + "&g0.tab=1";
  }

  private static StandingAlert theirs(ExternalAlert alert) {
    return new StandingAlert(
        alert.labels(),
        alert.annotations(),
        alert.startsAt(),
        alert.updatedAt(),
        alert.endsAt(),
        alert.generatorUrl());
  }
}
