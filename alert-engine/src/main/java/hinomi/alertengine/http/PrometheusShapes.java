package hinomi.alertengine.http;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.template.GoFormat;
import hinomi.alertengine.template.Template;
import hinomi.web.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Prometheus' JSON of rules and alerts (web/api/v1).
final class PrometheusShapes {
  private static final String NEVER_EVALUATED = "0001-01-01T00:00:00Z";

  private PrometheusShapes() {}

  static Reply badData(String error) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "error");
    body.put("errorType", "bad_data");
    body.put("error", error);
    return Reply.json(400, body);
  }

  private static Reply success(Map<String, Object> data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", data);
    return Reply.json(body);
  }

  static Reply alerts(List<GroupView> groups) {
    List<Map<String, Object>> alerts = new ArrayList<>();
    for (GroupView group : groups) {
      for (RuleView rule : group.rules()) {
        rule.alerts().forEach(alert -> alerts.add(alert(alert)));
      }
    }
    return success(Map.of("alerts", alerts));
  }

  /// @param type `alert`, `record` or empty for both
  /// @param names of rules to show; none for all
  static Reply rules(List<GroupView> groups, String type, Set<String> names) {
    List<Map<String, Object>> shapes = new ArrayList<>();
    for (GroupView view : groups) {
      List<Map<String, Object>> rules = new ArrayList<>();
      for (RuleView rule : view.rules()) {
        boolean named = names.isEmpty() || names.contains(rule.rule().name());
        switch (rule.rule()) {
          case Rule.Alerting alerting when named && !type.equals("record") ->
              rules.add(alerting(alerting, rule));
          case Rule.Recording recording when named && !type.equals("alert") ->
              rules.add(recording(recording, rule));
          case Rule.Alerting _, Rule.Recording _ -> {}
        }
      }
      if (names.isEmpty() || !rules.isEmpty()) {
        shapes.add(group(view, rules));
      }
    }
    return success(Map.of("groups", shapes));
  }

  private static Map<String, Object> group(GroupView view, List<Map<String, Object>> rules) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("name", view.group().name());
    shape.put("file", view.group().file());
    shape.put("rules", rules);
    shape.put("interval", seconds(view.interval()));
    shape.put("limit", view.group().limit());
    shape.put("evaluationTime", exactSeconds(view.took()));
    shape.put("lastEvaluation", time(view.at()));
    return shape;
  }

  private static Map<String, Object> alerting(Rule.Alerting rule, RuleView view) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("state", state(view));
    shape.put("name", rule.name());
    shape.put("query", rule.expression());
    shape.put("duration", seconds(rule.holdFor()));
    shape.put("keepFiringFor", seconds(rule.keepFiringFor()));
    shape.put("labels", sources(rule.labels()));
    shape.put("annotations", sources(rule.annotations()));
    shape.put("alerts", view.alerts().stream().map(PrometheusShapes::alert).toList());
    evaluation(shape, view, "alerting");
    return shape;
  }

  private static Map<String, Object> recording(Rule.Recording rule, RuleView view) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("name", rule.name());
    shape.put("query", rule.expression());
    if (!rule.labels().isEmpty()) {
      shape.put("labels", new TreeMap<>(rule.labels()));
    }
    evaluation(shape, view, "recording");
    return shape;
  }

  private static void evaluation(Map<String, Object> shape, RuleView view, String type) {
    shape.put("health", view.health());
    if (!view.error().isEmpty()) {
      shape.put("lastError", view.error());
    }
    shape.put("evaluationTime", exactSeconds(view.took()));
    shape.put("lastEvaluation", time(view.at()));
    shape.put("type", type);
  }

  private static Map<String, String> sources(Map<String, Template> templates) {
    Map<String, String> sources = new TreeMap<>();
    templates.forEach((name, template) -> sources.put(name, template.source()));
    return sources;
  }

  private static String state(RuleView view) {
    boolean firing = view.alerts().stream().anyMatch(a -> a.phase() == Alert.Phase.FIRING);
    return firing ? "firing" : view.alerts().isEmpty() ? "inactive" : "pending";
  }

  private static Map<String, Object> alert(Alert alert) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("labels", alert.labels().toMap());
    shape.put("annotations", alert.annotations());
    shape.put("state", alert.phase().name().toLowerCase(Locale.ROOT));
    shape.put("activeAt", alert.activeAt().toString());
    if (!alert.keepFiringSince().equals(NEVER)) {
      shape.put("keepFiringSince", alert.keepFiringSince().toString());
    }
    shape.put("value", GoFormat.exponent(alert.value()));
    return shape;
  }

  private static String time(Instant at) {
    return at.equals(Instant.EPOCH) ? NEVER_EVALUATED : at.toString();
  }

  /// A whole number where it is one, as Go writes it.
  private static Number seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? (Number) duration.toSeconds()
        : (Number) exactSeconds(duration);
  }

  private static double exactSeconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
