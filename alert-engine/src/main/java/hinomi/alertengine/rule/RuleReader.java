package hinomi.alertengine.rule;

import hinomi.alertengine.rule.kind.Generated;
import hinomi.alertengine.rule.kind.Kind;
import hinomi.alertengine.rule.kind.KindReader;
import hinomi.alertengine.rule.kind.KindWords;
import hinomi.alertengine.template.Template;
import hinomi.model.BadInput;
import hinomi.settings.DidYouMean;
import hinomi.settings.Durations;
import hinomi.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads one rule file (Prometheus, model/rulefmt), also one wrapped as Kubernetes'
/// `PrometheusRule`. One use.
final class RuleReader {
  private static final String REASON = Watch.Unjudged.LABEL;

  private final Section file;
  private final Vocabulary vocabulary;

  RuleReader(Section file, Vocabulary vocabulary) {
    this.file = file;
    this.vocabulary = vocabulary;
  }

  List<RuleGroup> groups() {
    return written().stream().map(WrittenGroup::group).toList();
  }

  List<WrittenGroup> written() {
    Section root = file;
    if (file.has("spec")) {
      file.text("apiVersion", "");
      file.text("kind", "");
      file.section("metadata").keys();
      root = file.section("spec");
    }
    List<WrittenGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section group : root.sections("groups")) {
      String name = group.text("name");
      if (!name.isEmpty() && !names.add(name)) {
        group.mistake("name", "the group \"" + name + "\" is repeated in this file");
      }
      groups.add(group(name, group));
    }
    file.end();
    return groups;
  }

  private WrittenGroup group(String name, Section group) {
    Map<String, Template> shared = alertLabels(group);
    List<WrittenRule> written = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Section section : group.sections("rules")) {
      Merged rule = new Merged(section);
      boolean alerts = rule.has("alert");
      if (alerts == rule.has("record")) {
        section.mistake(
            "alert", alerts ? "a rule has either alert or record" : "or record: is missing");
        rule.at("record").text("record", "");
      }
      String key = alerts ? "alert" : "record";
      String ruleName = rule.at(key).text(key, "");
      UnaryOperator<String> ids =
          of -> {
            String id = fileName() + "/" + name + "/" + of;
            return id + "#" + seen.merge(id, 1, Integer::sum);
          };
      List<Rule> rules =
          alerts
              ? alerting(ids, ruleName, rule, shared)
              : List.of(recording(ids.apply(ruleName), ruleName, rule, shared));
      written.add(new WrittenRule(rule, key, alerts && isOfKind(rule), rules));
    }
    RuleGroup read =
        new RuleGroup(
            file.file(),
            name,
            group.duration("interval", Duration.ZERO),
            group.number("limit", 0, 0, Integer.MAX_VALUE),
            group.duration("query_offset", Duration.ZERO),
            written.stream().flatMap(one -> one.rules().stream()).toList());
    return new WrittenGroup(read, group.line(""), written);
  }

  private String fileName() {
    return String.valueOf(Path.of(file.file()).getFileName());
  }

  /// One rule, or as many as its kind comes to.
  private List<Rule> alerting(
      UnaryOperator<String> ids, String name, Merged rule, Map<String, Template> shared) {
    if (name.isEmpty()) {
      rule.at("alert").mistake("alert", "an alert needs a name");
    }
    Map<String, Template> labels = new LinkedHashMap<>(shared);
    labels.putAll(alertLabels(rule.at("labels")));
    Watch watch = Watch.PLAIN;
    Optional<Kind> kind = Optional.empty();
    if (rule.has("hinomi")) {
      Section hinomi = rule.at("hinomi").section("hinomi");
      watch = new WatchReader(hinomi, vocabulary).watch();
      kind =
          new KindReader(
                  hinomi,
                  new KindWords(vocabulary.expressions(), vocabulary.logs(), folder(), name))
              .kind();
    }
    if (labels.containsKey(REASON) && (watch.noData().raises() || watch.error().raises())) {
      rule.at("labels")
          .section("labels")
          .mistake(REASON, "is set by no-data and error, and not to be given");
    }
    String expression = isOfKind(rule) ? noExpression(rule) : expression(rule);
    if (watch.trigger() == Watch.Trigger.PUSH && !isOfKind(rule)) {
      pushed(rule, expression);
    }
    Rule.Alerting written =
        new Rule.Alerting(
            ids.apply(name),
            name,
            expression,
            duration(rule, "for"),
            duration(rule, "keep_firing_for"),
            labels,
            templates(rule.at("annotations"), "annotations"),
            watch);
    return kind.isEmpty() ? List.of(written) : generated(kind.get(), written, ids);
  }

  /// Samples find the rules that look at them by their metric's name.
  private void pushed(Merged rule, String expression) {
    try {
      vocabulary.pushed().check(expression);
    } catch (BadInput e) {
      rule.at("expr")
          .mistake("expr", e.offset(), e.reason() + "; no sample can trigger it (trigger: push)");
    }
  }

  private static boolean isOfKind(Merged rule) {
    return rule.has("hinomi") && KindReader.namesKind(rule.at("hinomi").section("hinomi"));
  }

  private static String noExpression(Merged rule) {
    if (rule.has("expr")) {
      Section section = rule.at("expr");
      section.text("expr", "");
      section.mistake("expr", "the kind of this rule writes it; leave it out");
    }
    return "vector(1)";
  }

  private static List<Rule> generated(Kind kind, Rule.Alerting written, UnaryOperator<String> ids) {
    Generated generated = kind.generate(written.id());
    List<Rule> rules = new ArrayList<>();
    for (Generated.Recorded each : generated.recordings()) {
      rules.add(
          new Rule.Recording(
              ids.apply(each.name()), each.name(), each.expression(), each.labels()));
    }
    String id = written.id();
    for (Generated.Raised each : generated.alerts()) {
      rules.add(written.generated(id.isEmpty() ? ids.apply(written.name()) : id, each));
      id = "";
    }
    return rules;
  }

  private Path folder() {
    Path parent = Path.of(file.file()).getParent();
    return parent == null ? Path.of("") : parent;
  }

  private Rule recording(String id, String name, Merged rule, Map<String, Template> shared) {
    // Braces are the usual slip: an expression where a name belongs.
    if (rule.has("record") && (name.isEmpty() || name.matches("(?s).*[{}\\s].*"))) {
      rule.at("record")
          .mistake("record", "\"" + name + "\" is not a metric name; labels belong under labels");
    }
    for (String key : List.of("for", "keep_firing_for", "annotations")) {
      if (rule.has(key)) {
        rule.at(key).mistake(key, "a recording rule has none");
        if (key.equals("annotations")) {
          rule.at(key).map(key);
        } else {
          rule.at(key).text(key, "");
        }
      }
    }
    if (rule.has("hinomi")) {
      rule.at("hinomi").mistake("hinomi", "a recording rule has none");
      rule.at("hinomi").section("hinomi").keys();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    shared.forEach((label, text) -> labels.put(label, text.source()));
    labels.putAll(labels(rule.at("labels"), "labels"));
    return new Rule.Recording(id, name, expression(rule), labels);
  }

  private String expression(Merged rule) {
    Section section = rule.at("expr");
    String expression = section.text("expr", "");
    if (expression.isBlank()) {
      section.mistake("expr", rule.has("expr") ? "is empty" : "is missing");
      return expression;
    }
    try {
      vocabulary.expressions().check(expression);
    } catch (BadInput e) {
      section.mistake("expr", e.offset(), e.reason());
    }
    return expression;
  }

  private static Duration duration(Merged rule, String key) {
    return rule.at(key)
        .value(
            key,
            Duration.ZERO,
            text ->
                Durations.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(Durations.complaint(text))));
  }

  /// A label that refers to something and is plain text is held to what there is; what a template
  /// comes to is known only when it fires, and an empty text takes the label away.
  private Map<String, Template> alertLabels(Section parent) {
    Map<String, Template> labels = templates(parent, "labels");
    vocabulary
        .ids()
        .forEach((label, known) -> {
          Template template = labels.get(label);
          if (template == null || !template.isPlain() || template.source().isEmpty()) {
            return;
          }
          String id = template.source();
          if (!known.contains(id)) {
            parent
                .section("labels")
                .mistake(
                    label,
                    "no %s has the id \"%s\"".formatted(label, id) + DidYouMean.hint(id, known));
          }
        });
    return labels;
  }

  private static Map<String, Template> templates(Section parent, String key) {
    Map<String, Template> templates = new LinkedHashMap<>();
    labels(parent, key)
        .forEach((name, text) -> {
          try {
            templates.put(name, Template.parse(text));
          } catch (BadInput e) {
            parent.section(key).mistake(name, e.offset(), "template: " + e.reason());
          }
        });
    return templates;
  }

  /// Labels or annotations with their names checked: since Prometheus 3 any text but the reserved.
  private static Map<String, String> labels(Section parent, String key) {
    Map<String, String> labels = parent.map(key);
    for (String name : labels.keySet()) {
      if (name.isEmpty() || name.equals("__name__")) {
        parent.section(key).mistake(name, "is not a name for a label");
      }
    }
    return labels;
  }
}
