package hinomi.alertengine.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Walks a template for what it prints of its element. What a condition asks for first is not
/// counted: who writes `{{ if $labels.pod }}` knows that there may be none. One use.
final class Reads {
  private final List<LabelRead> labels = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();
  private boolean value;

  static Reads of(List<Node> nodes) {
    Reads reads = new Reads();
    reads.all(nodes, true);
    return reads;
  }

  List<LabelRead> labels() {
    return labels.stream().filter(read -> !asked.contains(read.label())).toList();
  }

  boolean value() {
    return value;
  }

  /// @param own whether the dot is still the alert's
  private void all(List<Node> nodes, boolean own) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Plain _ -> {}
        case Node.Action action -> printed(action.pipeline(), own);
        case Node.If condition -> {
          ask(condition.condition(), own);
          all(condition.then(), own);
          all(condition.otherwise(), own);
        }
        case Node.With with -> {
          ask(with.value(), own);
          all(with.body(), false);
          all(with.otherwise(), own);
        }
        case Node.Range range -> {
          ask(range.over(), own);
          all(range.body(), false);
          all(range.otherwise(), own);
        }
      }
    }
  }

  private void printed(Node.Pipeline pipeline, boolean own) {
    for (Node.Command command : pipeline.commands()) {
      for (Node.Operand operand : command.operands()) {
        switch (operand) {
          case Node.Variable variable when variable.name().equals("$labels") ->
              label(variable.fields(), command.offset());
          case Node.Variable variable when variable.name().equals("$value") -> value = true;
          case Node.Dot dot when own && !dot.fields().isEmpty() -> dot(dot.fields(), command);
          case Node.Nested nested -> printed(nested.pipeline(), own);
          default -> {}
        }
      }
    }
  }

  private void dot(List<String> fields, Node.Command command) {
    switch (fields.getFirst()) {
      case "Labels" -> label(fields.subList(1, fields.size()), command.offset());
      case "Value" -> value = true;
      default -> {}
    }
  }

  private void label(List<String> fields, int offset) {
    if (!fields.isEmpty()) {
      labels.add(new LabelRead(fields.getFirst(), offset));
    }
  }

  private void ask(Node.Pipeline pipeline, boolean own) {
    Reads condition = new Reads();
    condition.printed(pipeline, own);
    condition.labels.forEach(read -> asked.add(read.label()));
  }
}
