package hinomi.promql.http;

import com.fasterxml.jackson.databind.node.NullNode;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Rules and alerts as Prometheus shows them: `rules` with all its filters and pages, `alerts`.
final class RuleShapes {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final PrometheusPorts.Rules rules;

  RuleShapes(PrometheusPorts.Rules rules) {
    this.rules = rules;
  }

  /// Which rules are wanted.
  private record Filter(
      String type, Set<String> names, List<List<Matcher>> selectors, boolean withAlerts) {
    boolean wants(RuleGroup.Rule rule) {
      boolean typed =
          switch (rule) {
            case RuleGroup.Alerting _ -> !type.equals("record");
            case RuleGroup.Recording _ -> !type.equals("alert");
          };
      return typed
          && (names.isEmpty() || names.contains(rule.name()))
          && (selectors.isEmpty() || fits(Labels.of(rule.labels())));
    }

    private boolean fits(Labels labels) {
      return selectors.stream().anyMatch(matchers -> Matcher.allMatch(matchers, labels));
    }
  }

  /// A part of the groups, and how to ask for the next.
  private record Page(List<RuleGroup> groups, Optional<String> next) {}

  Reply rules(Request request) {
    Params params = new Params(request);
    String type = params.text("type").toLowerCase(Locale.ROOT);
    if (!Set.of("", "alert", "record").contains(type)) {
      throw Params.wrong("type", "not supported value \"" + type + "\"");
    }
    boolean withAlerts = !params.flag("exclude_alerts", "error converting exclude_alerts");
    Filter filter =
        new Filter(
            type, new HashSet<>(params.texts("rule_name[]")), params.ruleSelectors(), withAlerts);
    Set<String> groupNames = new HashSet<>(params.texts("rule_group[]"));
    Set<String> files = new HashSet<>(params.texts("file[]"));
    List<RuleGroup> wanted =
        inOrder()
            .filter(group -> groupNames.isEmpty() || groupNames.contains(group.name()))
            .filter(group -> files.isEmpty() || files.contains(group.file()))
            .filter(group -> group.rules().stream().anyMatch(filter::wants))
            .toList();
    Page page = page(wanted, params);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("groups", page.groups().stream().map(group -> group(group, filter)).toList());
    page.next().ifPresent(token -> data.put("groupNextToken", token));
    return Envelope.success(data);
  }

  /// By file and name, not as they are written.
  private Stream<RuleGroup> inOrder() {
    return rules.groups().stream()
        .sorted(Comparator.comparing(RuleGroup::file).thenComparing(RuleGroup::name));
  }

  private static Page page(List<RuleGroup> groups, Params params) {
    String token = params.text("group_next_token");
    String limit = params.text("group_limit");
    if (limit.isEmpty()) {
      if (!token.isEmpty()) {
        throw Params.wrong(
            "group_next_token",
            "group_limit needs to be present in order to paginate over the groups");
      }
      return new Page(groups, Optional.empty());
    }
    int most = params.pageSize();
    int from = 0;
    while (!token.isEmpty() && from < groups.size() && !token.equals(token(groups.get(from)))) {
      from++;
    }
    if (!token.isEmpty() && from == groups.size()) {
      throw Params.wrong(
          "group_next_token",
          "invalid group_next_token '" + token + "'. were rule groups changed?");
    }
    int to = (int) Math.min(groups.size(), (long) from + most);
    Optional<String> next =
        to < groups.size() ? Optional.of(token(groups.get(to))) : Optional.empty();
    return new Page(groups.subList(from, to), next);
  }

  /// Names a group without telling its file.
  private static String token(RuleGroup group) {
    try {
      byte[] name = (group.file() + ";" + group.name()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name), 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }

  Reply alerts(Request request) {
    List<Map<String, Object>> alerts = new ArrayList<>();
    inOrder()
        .flatMap(group -> group.rules().stream())
        .filter(RuleGroup.Alerting.class::isInstance)
        .flatMap(rule -> ((RuleGroup.Alerting) rule).alerts().stream())
        .forEach(alert -> alerts.add(alert(alert)));
    return Envelope.success(Map.of("alerts", alerts));
  }

  private static Map<String, Object> group(RuleGroup group, Filter filter) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("name", group.name());
    shape.put("file", group.file());
    shape.put(
        "rules",
        group.rules().stream().filter(filter::wants).map(rule -> rule(rule, filter)).toList());
    shape.put("interval", seconds(group.interval()));
    shape.put("limit", group.limit());
    run(shape, group.evaluated());
    return shape;
  }

  private static Map<String, Object> rule(RuleGroup.Rule rule, Filter filter) {
    Map<String, Object> shape = new LinkedHashMap<>();
    switch (rule) {
      case RuleGroup.Alerting alerting -> {
        shape.put("state", state(alerting));
        shape.put("name", alerting.name());
        shape.put("query", alerting.query());
        shape.put("duration", seconds(alerting.holdFor()));
        shape.put("keepFiringFor", seconds(alerting.keepFiringFor()));
        shape.put("labels", new TreeMap<>(alerting.labels()));
        shape.put("annotations", new TreeMap<>(alerting.annotations()));
        shape.put(
            "alerts",
            filter.withAlerts()
                ? alerting.alerts().stream().map(RuleShapes::alert).toList()
                : NullNode.getInstance());
        evaluation(shape, rule.evaluation(), "alerting");
      }
      case RuleGroup.Recording recording -> {
        shape.put("name", recording.name());
        shape.put("query", recording.query());
        if (!recording.labels().isEmpty()) {
          shape.put("labels", new TreeMap<>(recording.labels()));
        }
        evaluation(shape, rule.evaluation(), "recording");
      }
    }
    return shape;
  }

  private static String state(RuleGroup.Alerting rule) {
    if (rule.alerts().isEmpty()) {
      return "inactive";
    }
    return rule.alerts().stream().anyMatch(RuleGroup.Alert::firing) ? "firing" : "pending";
  }

  private static void evaluation(
      Map<String, Object> shape, RuleGroup.Evaluation evaluation, String type) {
    shape.put("health", evaluation.health());
    if (!evaluation.error().isEmpty()) {
      shape.put("lastError", evaluation.error());
    }
    run(shape, evaluation.run());
    shape.put("type", type);
  }

  private static void run(Map<String, Object> shape, RuleGroup.Run run) {
    shape.put("evaluationTime", run.took().toNanos() / 1e9);
    shape.put("lastEvaluation", run.at().map(Instant::toString).orElse(NEVER));
  }

  private static Map<String, Object> alert(RuleGroup.Alert alert) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("labels", alert.labels().toMap());
    shape.put("annotations", new TreeMap<>(alert.annotations()));
    shape.put("state", alert.firing() ? "firing" : "pending");
    shape.put("activeAt", alert.activeAt().toString());
    alert.keepFiringSince().ifPresent(since -> shape.put("keepFiringSince", since.toString()));
    shape.put("value", FloatText.exponential(alert.value()));
    return shape;
  }

  /// A whole number where it is one, as Go writes it.
  static Number seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? (Number) duration.toSeconds()
        : (Number) (duration.toNanos() / 1e9);
  }
}
