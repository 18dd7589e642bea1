package hinomi.promql.parse;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.List;

/// The part of the grammar that names series: `metric{label="value", …}`.
final class Selectors {
  private static final String CONTEXT = "label matching";

  private final Parser parser;

  Selectors(Parser parser) {
    this.parser = parser;
  }

  Expr.Selector named(Token name) {
    List<Matcher> matchers = parser.token().is("{") ? braces() : new ArrayList<>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) {
        throw new BadInput(
            "metric name must not be set twice: "
                + Quoting.quote(name.text())
                + " or "
                + Quoting.quote(matcher.value()),
            name.start());
      }
    }
    matchers.add(Matcher.equal(Labels.NAME, name.text()));
    return selector(name.text(), matchers, name.span());
  }

  Expr.Selector nameless() {
    Span open = parser.token().span();
    List<Matcher> matchers = braces();
    return selector("", matchers, open);
  }

  private Expr.Selector selector(String name, List<Matcher> matchers, Span first) {
    return new Expr.Selector(name, matchers, When.NOW, Reach.PLAIN, first.to(parser.lastEnd()));
  }

  private List<Matcher> braces() {
    parser.advance();
    List<Matcher> matchers = new ArrayList<>();
    while (!parser.token().is("}")) {
      matchers.add(matcher());
      if (!parser.token().is(",") && !parser.token().is("}")) {
        throw parser.token().unexpected(CONTEXT, "\",\" or \"}\"");
      }
      parser.skip(",");
    }
    parser.advance();
    return matchers;
  }

  private Matcher matcher() {
    Token label = parser.token();
    boolean quoted = label.kind() == Token.Kind.STRING;
    if (!quoted && label.kind() != Token.Kind.IDENTIFIER) {
      throw parser.token().unexpected(CONTEXT, "identifier or \"}\"");
    }
    parser.advance();
    String name = quoted ? Quoting.unquote(label.text(), label.start()) : label.text();
    if (quoted && parser.token().kind() != Token.Kind.OPERATOR) {
      return Matcher.equal(Labels.NAME, name);
    }
    if (parser.token().kind() != Token.Kind.OPERATOR) {
      throw parser.token().unexpected(CONTEXT, "label matching operator");
    }
    Matcher.Kind kind = kind(parser.advance().text());
    if (parser.token().kind() != Token.Kind.STRING) {
      throw parser.token().unexpected(CONTEXT, "string");
    }
    Token value = parser.advance();
    try {
      return new Matcher(kind, name, Quoting.unquote(value.text(), value.start()));
    } catch (BadInput e) {
      throw new BadInput(e.reason(), label.start());
    }
  }

  private static Matcher.Kind kind(String sign) {
    return switch (sign) {
      case "=" -> Matcher.Kind.EQUAL;
      case "!=" -> Matcher.Kind.NOT_EQUAL;
      case "=~" -> Matcher.Kind.REGEX;
      case "!~" -> Matcher.Kind.NOT_REGEX;
      default -> throw new IllegalStateException("BUG: the lexer let " + sign + " into braces");
    };
  }
}
