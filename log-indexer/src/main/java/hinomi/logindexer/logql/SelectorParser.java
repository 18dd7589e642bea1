package hinomi.logindexer.logql;

import hinomi.logindexer.LineFilter;
import hinomi.logindexer.logql.Lexer.Token;
import hinomi.logindexer.logql.Lexer.TokenType;
import hinomi.model.Matcher;
import hinomi.model.RegexCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads a log query: `{selector}` and the stages after it.
final class SelectorParser {
  private static final int MAX_STAGES = 100;

  private final Tokens tokens;
  private final List<Matcher> matchers = new ArrayList<>();
  private final List<LineFilter> lines = new ArrayList<>();
  private final List<Matcher> fields = new ArrayList<>();

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  void selector() {
    int offset = tokens.peek().offset();
    tokens.expect("{");
    while (!tokens.accept("}")) {
      if (!matchers.isEmpty()) {
        tokens.expect(",");
      }
      matchers.add(matcher());
    }
    if (matchers.stream().allMatch(each -> each.matches(""))) {
      throw tokens.mistake(
          offset,
          "queries require at least one regexp or equality matcher that does not have an"
              + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement,"
              + " but app=~\".+\" will");
    }
  }

  private Matcher matcher() {
    String name = tokens.word();
    Token sign = tokens.next();
    Matcher.Kind kind = null;
    for (Matcher.Kind each : Matcher.Kind.values()) {
      if (sign.type() == TokenType.SIGN && each.sign().equals(sign.text())) {
        kind = each;
      }
    }
    if (kind == null) {
      throw tokens.mistake(
          sign.offset(), "unexpected " + sign.shown() + ", expecting = or != or =~ or !~");
    }
    if (tokens.peek().type() == TokenType.NUMBER) {
      throw tokens.unsupported(tokens.peek().offset(), "comparing with a number");
    }
    Matcher.Kind found = kind;
    int offset = tokens.peek().offset();
    String value = tokens.text();
    return tokens.placed(
        offset,
        () -> {
          if (found == Matcher.Kind.REGEX || found == Matcher.Kind.NOT_REGEX) {
            RegexCost.check(value);
          }
          return new Matcher(found, name, value);
        });
  }

  /// The stages that follow, as many as there are.
  void stages() {
    while (true) {
      if (lines.size() + fields.size() > MAX_STAGES) {
        throw tokens.mistake(tokens.peek().offset(), "more than " + MAX_STAGES + " stages");
      }
      Token next = tokens.peek();
      if (next.is("|=") || next.is("|~") || next.is("!=") || next.is("!~")) {
        lineFilter(tokens.next().text());
      } else if (next.is("|>") || next.is("!>")) {
        throw tokens.unsupported(next.offset(), "pattern line filters; use |~ with an expression");
      } else if (tokens.accept("|")) {
        stage();
      } else {
        return;
      }
    }
  }

  private void lineFilter(String sign) {
    List<LineFilter> any = new ArrayList<>();
    do {
      if (tokens.peekIs("ip")) {
        throw tokens.unsupported(tokens.peek().offset(), "ip() filters");
      }
      int offset = tokens.peek().offset();
      String value = tokens.text();
      any.add(
          sign.endsWith("~")
              ? tokens.placed(offset, () -> LineFilter.Regex.of(value))
              : new LineFilter.Contains(value));
    } while (tokens.accept("or"));
    LineFilter filter = any.size() == 1 ? any.getFirst() : new LineFilter.AnyOf(any);
    boolean everyLine = filter.equals(new LineFilter.Contains(""));
    if (sign.startsWith("!")) {
      lines.add(new LineFilter.Not(filter));
    } else if (!everyLine) {
      lines.add(filter);
    }
  }

  private void stage() {
    Token name = tokens.peek();
    String word = name.type() == TokenType.WORD ? name.text().toLowerCase(Locale.ROOT) : "";
    switch (word) {
      case "drop" -> {
        tokens.next();
        drop();
      }
      case "json",
          "logfmt",
          "regexp",
          "pattern",
          "unpack",
          "line_format",
          "label_format",
          "decolorize",
          "keep",
          "unwrap" ->
          throw tokens.unsupported(
              name.offset(), "the stage \"" + word + "\"; filter lines with |= and |~ instead");
      default -> labelFilter();
    }
  }

  /// Parsers, which alone set `__error__`, are not spoken: there is nothing to drop.
  private void drop() {
    do {
      Token name = tokens.peek();
      if (!tokens.word().startsWith("__error")) {
        throw tokens.unsupported(name.offset(), "drop of labels other than __error__");
      }
    } while (tokens.accept(","));
  }

  private void labelFilter() {
    do {
      fields.add(matcher());
      if (tokens.peekIs("or")) {
        throw tokens.unsupported(
            tokens.peek().offset(), "or between label filters; use =~ with alternatives");
      }
    } while (tokens.accept("and") || tokens.accept(","));
  }

  Expr.Logs result() {
    return new Expr.Logs(matchers, lines, fields);
  }
}
