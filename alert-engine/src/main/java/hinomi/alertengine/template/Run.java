package hinomi.alertengine.template;

import hinomi.model.BadInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One rendering. Values are Double, Long, Boolean, String, Map and List; what is missing is the
/// empty text.
final class Run {
  private static final int MAX_STEPS = 20_000;
  private static final int MAX_LENGTH = 64 << 10;

  private final Deque<Map<String, Object>> scopes = new ArrayDeque<>();
  private final StringBuilder out = new StringBuilder();
  private final Functions functions;
  private Object dot;
  private int steps;

  Run(Object dot, Template.Scope scope) {
    this.dot = dot;
    this.functions = new Functions(scope);
    scopes.push(new HashMap<>());
    bind("$", dot);
  }

  void bind(String variable, Object value) {
    Objects.requireNonNull(scopes.peek()).put(variable, value);
  }

  String all(List<Node> nodes) {
    list(nodes);
    return out.toString();
  }

  private void list(List<Node> nodes) {
    for (Node node : nodes) {
      step();
      switch (node) {
        case Node.Plain plain -> write(plain.text());
        case Node.Action action -> {
          Object value = value(action.pipeline());
          if (action.pipeline().variables().isEmpty()) {
            write(GoFormat.print(value));
          }
        }
        case Node.If branch ->
            inScope(
                () -> list(truth(value(branch.condition())) ? branch.then() : branch.otherwise()));
        case Node.With with -> inScope(() -> with(with));
        case Node.Range range -> inScope(() -> range(range));
      }
    }
  }

  private void with(Node.With with) {
    Object value = value(with.value());
    if (truth(value)) {
      under(value, with.body());
    } else {
      list(with.otherwise());
    }
  }

  private void range(Node.Range range) {
    Object over = value(range.over());
    List<String> variables = range.over().variables();
    List<Object> keys = new ArrayList<>();
    List<Object> elements = new ArrayList<>();
    elements(over, keys, elements);
    for (int i = 0; i < elements.size(); i++) {
      if (!variables.isEmpty()) {
        bind(variables.getLast(), elements.get(i));
      }
      if (variables.size() == 2) {
        bind(variables.getFirst(), keys.get(i));
      }
      under(elements.get(i), range.body());
    }
    if (elements.isEmpty()) {
      list(range.otherwise());
    }
  }

  private static void elements(Object over, List<Object> keys, List<Object> elements) {
    switch (over) {
      case List<?> list -> {
        for (Object element : list) {
          keys.add((long) elements.size());
          elements.add(element);
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, element) -> {
            keys.add(key);
            elements.add(element);
          });
      default -> throw new BadInput("range can't iterate over " + GoFormat.print(over));
    }
  }

  private void under(Object newDot, List<Node> body) {
    Object outer = dot;
    dot = newDot;
    inScope(() -> list(body));
    dot = outer;
  }

  private void inScope(Runnable body) {
    scopes.push(new HashMap<>());
    body.run();
    scopes.pop();
  }

  private Object value(Node.Pipeline pipeline) {
    Object value = "";
    boolean first = true;
    for (Node.Command command : pipeline.commands()) {
      step();
      value = command(command, first ? List.of() : List.of(value));
      first = false;
    }
    List<String> variables = pipeline.variables();
    if (variables.size() == 1) {
      if (pipeline.declares()) {
        bind(variables.getFirst(), value);
      } else {
        assign(variables.getFirst(), value);
      }
    }
    return value;
  }

  private void assign(String variable, Object value) {
    for (Map<String, Object> scope : scopes) {
      if (scope.containsKey(variable)) {
        scope.put(variable, value);
        return;
      }
    }
  }

  private Object command(Node.Command command, List<Object> piped) {
    Node.Operand head = command.operands().getFirst();
    if (head instanceof Node.Function(String name)) {
      if (name.equals("and") || name.equals("or")) {
        return shortCut(name.equals("and"), command, piped);
      }
      List<Object> arguments = new ArrayList<>();
      for (Node.Operand operand : command.operands().subList(1, command.operands().size())) {
        arguments.add(value(operand));
      }
      arguments.addAll(piped);
      return functions.call(name, arguments);
    }
    if (command.operands().size() > 1 || !piped.isEmpty()) {
      throw new BadInput("can't give argument to non-function");
    }
    return value(head);
  }

  /// `and` and `or` stop at the first operand that decides.
  private Object shortCut(boolean and, Node.Command command, List<Object> piped) {
    Object value = "";
    for (Node.Operand operand : command.operands().subList(1, command.operands().size())) {
      value = value(operand);
      if (truth(value) != and) {
        return value;
      }
    }
    return piped.isEmpty() ? value : piped.getFirst();
  }

  private Object value(Node.Operand operand) {
    return switch (operand) {
      case Node.Literal literal -> literal.value();
      case Node.Dot at -> fields(dot, at.fields());
      case Node.Variable variable -> fields(variable(variable.name()), variable.fields());
      case Node.Function function -> functions.call(function.name(), List.of());
      case Node.Nested nested -> fields(value(nested.pipeline()), nested.fields());
    };
  }

  private Object variable(String name) {
    for (Map<String, Object> scope : scopes) {
      Object value = scope.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  private static Object fields(Object value, List<String> fields) {
    Object at = value;
    for (String field : fields) {
      if (at instanceof Map<?, ?> map) {
        Object inner = map.get(field);
        at = inner == null ? "" : inner;
      } else if (!"".equals(at)) {
        throw new BadInput("can't evaluate field " + field + " in " + GoFormat.print(at));
      }
    }
    return at;
  }

  static boolean truth(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case Long number -> number != 0;
      case Double number -> number != 0;
      case String text -> !text.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  private void write(String text) {
    if (out.length() + text.length() > MAX_LENGTH) {
      throw new BadInput("the text grows beyond " + MAX_LENGTH + " characters");
    }
    out.append(text);
  }

  private void step() {
    if (++steps > MAX_STEPS) {
      throw new BadInput("more than " + MAX_STEPS + " steps");
    }
  }
}
