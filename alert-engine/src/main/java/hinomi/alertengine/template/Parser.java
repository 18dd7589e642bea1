package hinomi.alertengine.template;

import hinomi.model.BadInput;
import hinomi.settings.DidYouMean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Builds [Node]s. Unknown functions and variables are mistakes here already, as in Go, so that a
/// rule file's check finds them before the night does.
final class Parser {
  private static final int MAX_DEPTH = 50;

  private final List<Token> tokens;
  private final Deque<Set<String>> scopes = new ArrayDeque<>();
  private int at;
  private int depth;

  private Parser(List<Token> tokens, Set<String> variables) {
    this.tokens = tokens;
    this.scopes.push(new HashSet<>(variables));
  }

  static List<Node> parse(String source, Set<String> variables) {
    Parser parser = new Parser(new Lexer(source).cut(), variables);
    List<Node> nodes = parser.list();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new BadInput("unexpected {{" + parser.keyword() + "}}", rest.offset());
    }
    return nodes;
  }

  /// Nodes up to `else`, `end` or the end of the template.
  private List<Node> list() {
    List<Node> nodes = new ArrayList<>();
    while (peek().kind() != Token.Kind.END) {
      if (peek().kind() == Token.Kind.TEXT) {
        nodes.add(new Node.Plain(next().text()));
        continue;
      }
      switch (keyword()) {
        case "else", "end" -> {
          return nodes;
        }
        default -> nodes.add(action());
      }
    }
    return nodes;
  }

  /// The first word of the action that begins here.
  private String keyword() {
    int i = at + 1;
    while (i < tokens.size() && tokens.get(i).kind() == Token.Kind.SPACE) {
      i++;
    }
    Token token = tokens.get(Math.min(i, tokens.size() - 1));
    return token.kind() == Token.Kind.WORD ? token.text() : "";
  }

  private Node action() {
    String keyword = keyword();
    Token open = next();
    return switch (keyword) {
      case "if", "with", "range" -> block(keyword, open);
      case "define", "template", "block", "break", "continue" ->
          throw new BadInput("{{" + keyword + "}} is not supported here", open.offset());
      default -> {
        Node.Pipeline pipeline = pipeline(open);
        close();
        yield new Node.Action(pipeline);
      }
    };
  }

  private Node block(String keyword, Token open) {
    if (++depth > MAX_DEPTH) {
      throw new BadInput("nested deeper than " + MAX_DEPTH, open.offset());
    }
    scopes.push(new HashSet<>());
    skip();
    next(); // the keyword
    Node.Pipeline pipeline = pipeline(open);
    close();
    List<Node> body = list();
    List<Node> otherwise = List.of();
    if (keyword().equals("else") && peek().kind() == Token.Kind.OPEN) {
      otherwise = otherwise(open);
    } else {
      end(open);
    }
    scopes.pop();
    depth--;
    return switch (keyword) {
      case "if" -> new Node.If(pipeline, body, otherwise);
      case "with" -> new Node.With(pipeline, body, otherwise);
      default -> new Node.Range(pipeline, body, otherwise);
    };
  }

  private List<Node> otherwise(Token open) {
    next(); // {{
    skip();
    next(); // else
    skip();
    Token after = peek();
    if (after.is(Token.Kind.WORD, "if") || after.is(Token.Kind.WORD, "with")) {
      // `else if` shares the end with its `if`.
      return List.of(elseBlock(after));
    }
    close();
    List<Node> otherwise = list();
    end(open);
    return otherwise;
  }

  private Node elseBlock(Token keyword) {
    at--; // block() expects to stand before its keyword
    return block(keyword.text(), keyword);
  }

  private void end(Token open) {
    if (peek().kind() != Token.Kind.OPEN || !keyword().equals("end")) {
      throw new BadInput("unexpected EOF: this has no {{end}}", open.offset());
    }
    next();
    skip();
    next();
    close();
  }

  private void close() {
    skip();
    Token token = next();
    if (token.kind() != Token.Kind.CLOSE) {
      throw new BadInput("unexpected \"" + token.text() + "\" in action", token.offset());
    }
  }

  private Node.Pipeline pipeline(Token open) {
    skip();
    List<String> variables = declared();
    boolean declares = false;
    if (!variables.isEmpty()) {
      declares = next().text().equals(":=");
      if (declares) {
        scope().addAll(variables);
      }
    }
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      skip();
      commands.add(command(open));
      skip();
      if (!peek().is(Token.Kind.SYMBOL, "|")) {
        return new Node.Pipeline(variables, declares, commands);
      }
      next();
    }
  }

  private Set<String> scope() {
    return java.util.Objects.requireNonNull(scopes.peek());
  }

  /// `$x :=`, `$i, $x :=`, `$x =`; nothing is consumed when there is none.
  private List<String> declared() {
    int mark = at;
    List<String> names = new ArrayList<>();
    while (peek().kind() == Token.Kind.VARIABLE && names.size() < 2) {
      names.add(next().text());
      skip();
      if (peek().is(Token.Kind.SYMBOL, ":=") || peek().is(Token.Kind.SYMBOL, "=")) {
        return names;
      }
      if (!peek().is(Token.Kind.SYMBOL, ",")) {
        break;
      }
      next();
      skip();
    }
    at = mark;
    return List.of();
  }

  private Node.Command command(Token open) {
    List<Node.Operand> operands = new ArrayList<>();
    int offset = peek().offset();
    while (true) {
      Token token = peek();
      boolean done =
          token.kind() == Token.Kind.CLOSE
              || token.kind() == Token.Kind.END
              || token.is(Token.Kind.SYMBOL, "|")
              || token.is(Token.Kind.SYMBOL, ")");
      if (done) {
        if (operands.isEmpty()) {
          throw new BadInput("missing value for command", open.offset());
        }
        return new Node.Command(operands, offset);
      }
      operands.add(operand());
      skip();
    }
  }

  private Node.Operand operand() {
    Token token = next();
    return switch (token.kind()) {
      case STRING -> new Node.Literal(token.text());
      case CHAR -> new Node.Literal((long) token.text().codePointAt(0));
      case NUMBER -> new Node.Literal(number(token));
      case WORD -> word(token);
      case FIELD -> {
        List<String> fields = new ArrayList<>();
        if (token.text().length() > 1) {
          fields.add(token.text().substring(1));
        }
        yield new Node.Dot(fields(fields));
      }
      case VARIABLE -> {
        if (!token.text().equals("$")
            && scopes.stream().noneMatch(scope -> scope.contains(token.text()))) {
          Set<String> known = new HashSet<>();
          scopes.forEach(known::addAll);
          throw new BadInput(
              "undefined variable \"" + token.text() + "\"" + DidYouMean.hint(token.text(), known),
              token.offset());
        }
        yield new Node.Variable(token.text(), fields(new ArrayList<>()));
      }
      case SYMBOL -> nested(token);
      case TEXT, OPEN, CLOSE, SPACE, END ->
          throw new BadInput("unexpected \"" + token.text() + "\" in operand", token.offset());
    };
  }

  private Node.Operand nested(Token open) {
    if (!open.text().equals("(")) {
      throw new BadInput("unexpected \"" + open.text() + "\" in operand", open.offset());
    }
    if (++depth > MAX_DEPTH) {
      throw new BadInput("nested deeper than " + MAX_DEPTH, open.offset());
    }
    Node.Pipeline pipeline = pipeline(open);
    skip();
    if (!next().is(Token.Kind.SYMBOL, ")")) {
      throw new BadInput("unclosed left paren", open.offset());
    }
    depth--;
    return new Node.Nested(pipeline, fields(new ArrayList<>()));
  }

  private List<String> fields(List<String> fields) {
    while (peek().kind() == Token.Kind.FIELD && peek().text().length() > 1) {
      fields.add(next().text().substring(1));
    }
    return fields;
  }

  private static Node.Operand word(Token token) {
    return switch (token.text()) {
      case "true" -> new Node.Literal(true);
      case "false" -> new Node.Literal(false);
      default -> {
        if (!Functions.NAMES.contains(token.text())) {
          String hint = DidYouMean.hint(token.text(), Functions.NAMES);
          throw new BadInput(
              "function \"" + token.text() + "\" not defined" + hint, token.offset());
        }
        yield new Node.Function(token.text());
      }
    };
  }

  private static Object number(Token token) {
    String text = token.text().replace("_", "");
    try {
      return Long.decode(text);
    } catch (NumberFormatException notWhole) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw new BadInput("bad number syntax: \"" + token.text() + "\"", token.offset());
      }
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  private void skip() {
    while (peek().kind() == Token.Kind.SPACE) {
      at++;
    }
  }
}
