package hinomi.alertengine.template;

import java.util.List;

/// A parsed template.
sealed interface Node {
  record Plain(String text) implements Node {}

  record Action(Pipeline pipeline) implements Node {}

  record If(Pipeline condition, List<Node> then, List<Node> otherwise) implements Node {}

  record With(Pipeline value, List<Node> body, List<Node> otherwise) implements Node {}

  record Range(Pipeline over, List<Node> body, List<Node> otherwise) implements Node {}

  /// Commands joined by `|`.
  ///
  /// @param variables that the result is bound to: none, one, or index and element of a range
  /// @param declares `:=` rather than `=`
  record Pipeline(List<String> variables, boolean declares, List<Command> commands) {}

  /// A value, or a function with its arguments.
  record Command(List<Operand> operands, int offset) {}

  /// What stands in a command.
  sealed interface Operand {}

  record Literal(Object value) implements Operand {}

  /// The dot and its fields.
  record Dot(List<String> fields) implements Operand {}

  record Variable(String name, List<String> fields) implements Operand {}

  record Function(String name) implements Operand {}

  record Nested(Pipeline pipeline, List<String> fields) implements Operand {}
}
