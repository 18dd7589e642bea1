package hinomi.server;

import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.template.Template;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.promql.PromQl;
import hinomi.promql.http.PrometheusPorts;
import hinomi.promql.http.RuleGroup;
import hinomi.promql.http.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The Prometheus API's ports onto rules and hosts.
///
/// @param groups of the alert engine, as they stand
/// @param interval at which agents push
record PrometheusJoints(
    Supplier<List<GroupView>> groups, PromQl promql, Time time, Duration interval) {
  /// Hosts silent for longer than an instant query looks back are found by the second part.
  private static final String HEARD =
      "max by (instance, job) (timestamp(node_time_seconds))"
          + " or max by (instance, job) (max_over_time(timestamp(node_time_seconds)[6h:1m]))";

  /// Pushes that may be missed before a host counts as down.
  private static final int MISSED = 4;

  PrometheusPorts ports(
      PrometheusPorts.Lookups lookups, PrometheusPorts.Admin admin, PrometheusPorts.Status status) {
    return new PrometheusPorts(lookups, this::rules, this::targets, admin, status);
  }

  private List<RuleGroup> rules() {
    return groups.get().stream().map(PrometheusJoints::group).toList();
  }

  private static RuleGroup group(GroupView view) {
    return new RuleGroup(
        view.group().name(),
        view.group().file(),
        view.interval(),
        view.group().limit(),
        run(view.at(), view.took()),
        view.rules().stream().map(PrometheusJoints::rule).toList());
  }

  private static RuleGroup.Run run(Instant at, Duration took) {
    return new RuleGroup.Run(Optional.of(at).filter(t -> !t.equals(Instant.EPOCH)), took);
  }

  private static RuleGroup.Rule rule(RuleView view) {
    RuleGroup.Evaluation evaluation =
        new RuleGroup.Evaluation(run(view.at(), view.took()), view.error());
    return switch (view.rule()) {
      case Rule.Alerting alerting ->
          new RuleGroup.Alerting(
              alerting.name(),
              shown(alerting.expression()),
              alerting.holdFor(),
              alerting.keepFiringFor(),
              sources(alerting.labels()),
              sources(alerting.annotations()),
              view.alerts().stream()
                  .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
                  .map(PrometheusJoints::alert)
                  .toList(),
              evaluation);
      case Rule.Recording recording ->
          new RuleGroup.Recording(
              recording.name(), shown(recording.expression()), recording.labels(), evaluation);
    };
  }

  /// As Prometheus prints it; what is no PromQL, as it is written.
  private static String shown(String expression) {
    try {
      return PromQl.format(expression);
    } catch (BadInput e) {
      return expression;
    }
  }

  private static Map<String, String> sources(Map<String, Template> templates) {
    Map<String, String> sources = new LinkedHashMap<>();
    templates.forEach((name, template) -> sources.put(name, template.source()));
    return sources;
  }

  private static RuleGroup.Alert alert(Alert alert) {
    return new RuleGroup.Alert(
        alert.labels(),
        alert.annotations(),
        alert.phase() == Alert.Phase.FIRING,
        alert.activeAt(),
        Optional.of(alert.keepFiringSince()).filter(at -> !at.equals(Alert.NEVER)),
        alert.value());
  }

  private List<Target> targets() {
    Instant now = time.now();
    return promql.vector(HEARD, now).stream()
        .map(sample -> target(sample, now))
        .sorted(Comparator.comparing(Target::labels))
        .toList();
  }

  private Target target(Sample heard, Instant now) {
    Instant last = Instant.ofEpochMilli(Math.round(heard.value() * 1000));
    boolean silent = last.plus(interval.multipliedBy(MISSED)).isBefore(now);
    Labels labels = heard.labels();
    return new Target(
        labels,
        last,
        interval,
        silent ? Target.Health.DOWN : Target.Health.UP,
        silent ? "nothing heard since " + last : "");
  }
}
