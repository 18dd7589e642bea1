package hinomi.alertengine.rule;

import hinomi.alertengine.rule.kind.Generated;
import hinomi.alertengine.rule.kind.Language;
import hinomi.alertengine.template.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One rule of a group (Prometheus, docs/configuration/{alerting,recording}_rules).
public sealed interface Rule {
  /// Stable over restarts and edits elsewhere in the file: `file/group/name#n`.
  String id();

  /// The alert's name, or the metric that is recorded.
  String name();

  String expression();

  /// What its expression is written in.
  default Language language() {
    return Language.PROMQL;
  }

  /// Whether it is evaluated by itself, at once with a sample.
  default boolean isPushed() {
    return false;
  }

  /// Raises an alert for each element that the expression yields.
  ///
  /// @param holdFor `for`: how long an element must stay before its alert fires
  /// @param keepFiringFor how long an alert goes on firing without its element
  /// @param watch what Prometheus does not know
  record Alerting(
      String id,
      String name,
      String expression,
      Duration holdFor,
      Duration keepFiringFor,
      Map<String, Template> labels,
      Map<String, Template> annotations,
      Watch watch)
      implements Rule {
    public Alerting {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    @Override
    public boolean isPushed() {
      return watch.trigger() == Watch.Trigger.PUSH;
    }

    @Override
    public Language language() {
      return watch.language();
    }

    /// The same, watched otherwise.
    public Alerting with(Watch other) {
      return new Alerting(id, name, expression, holdFor, keepFiringFor, labels, annotations, other);
    }

    /// The rule that its kind made of it.
    Alerting generated(String newId, Generated.Raised raised) {
      Map<String, Template> all = new LinkedHashMap<>(labels);
      raised.labels().forEach((label, text) -> all.put(label, Template.parse(text)));
      Watch generated = watch.over(raised);
      return new Alerting(
          newId, name, raised.expression(), holdFor, keepFiringFor, all, annotations, generated);
    }

    /// The component that all its alerts speak about, or empty when it has none or each its own.
    public String component() {
      Template component = labels.get("component");
      return component != null && component.isPlain() ? component.source() : "";
    }
  }

  /// Stores what the expression yields under a name of its own.
  record Recording(String id, String name, String expression, Map<String, String> labels)
      implements Rule {
    public Recording {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }
}
