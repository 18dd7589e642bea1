package hinomi.alertengine.template;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A label's or annotation's text with `{{ … }}`, as Prometheus' rules have them. Immutable; any
/// thread. Rendering is bounded in steps and length and never throws: what goes wrong stands in the
/// text, for an alert with an ugly summary still has to go out.
public final class Template {
  private static final Set<String> VARIABLES =
      Set.of("$labels", "$value", "$externalLabels", "$externalURL");

  private final String source;
  private final List<Node> nodes;

  private Template(String source, List<Node> nodes) {
    this.source = source;
    this.nodes = nodes;
  }

  /// A mistake is a [BadInput] with its offset.
  public static Template parse(String source) {
    return new Template(source, Parser.parse(source, VARIABLES));
  }

  /// Answers the template function `query`.
  @FunctionalInterface
  public interface Query {
    Vector at(String expression, Instant at);
  }

  /// What a template sees.
  ///
  /// @param labels of the element, before the rule's own
  /// @param value of the element: a Double, or a [hinomi.model.Histogram]
  /// @param externalUrl where the console stands, or empty
  /// @param externalLabels what tells this installation from others
  public record Scope(
      Labels labels,
      Object value,
      Instant at,
      String externalUrl,
      Labels externalLabels,
      Query query) {}

  public String render(Scope scope) {
    try {
      return expand(scope);
    } catch (Failure e) {
      return "<error expanding template: " + e.reason() + ">";
    }
  }

  /// As [#render], with a [Failure] when it goes wrong.
  String expand(Scope scope) {
    Map<String, Object> dot = new LinkedHashMap<>();
    dot.put("Labels", scope.labels().toMap());
    dot.put("ExternalLabels", scope.externalLabels().toMap());
    dot.put("ExternalURL", scope.externalUrl());
    dot.put("Value", scope.value());
    return expand(dot, scope);
  }

  /// As [#render], about any dot.
  String expand(Object dot, Scope scope) {
    Run run = new Run(dot, scope);
    run.bind("$labels", scope.labels().toMap());
    run.bind("$externalLabels", scope.externalLabels().toMap());
    run.bind("$externalURL", scope.externalUrl());
    run.bind("$value", scope.value());
    return run.all(nodes);
  }

  /// The text as it was written.
  public String source() {
    return source;
  }

  /// The labels of the element that it prints, but for those that it asks for first.
  public List<LabelRead> labelReads() {
    return Reads.of(nodes).labels();
  }

  /// Whether it prints the element's value; one that only decides with it does not.
  public boolean tellsValue() {
    return Reads.of(nodes).value();
  }

  /// Whether it says the same about every element.
  public boolean isPlain() {
    return nodes.stream().allMatch(Node.Plain.class::isInstance);
  }
}
