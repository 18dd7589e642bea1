package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads PromQL by operator precedence (Pratt): text → checked tree. The grammar is that of
/// Prometheus 3 (docs/querying/basics, operators), numbers standing for durations included.
///
/// A mistake is a [BadInput] with its place. Length and depth are limited, for a tree is walked by
/// recursion everywhere: brackets, signs and right sides inside one another while it is read
/// ([Dialect#maxDepth]), and flat chains afterwards ([#MAX_CHAIN]).
public final class Parser {
  /// `a + b + c…` nests to the left without any recursion of the parser.
  private static final int MAX_CHAIN = 500;

  private static final int SIGN_BINDING = Operator.POWER.binding();

  private final Lexer lexer;
  private final Dialect dialect;
  private final Groupings groupings = new Groupings(this);
  private final Modifiers modifiers = new Modifiers(this);
  private Token token;
  private int lastEnd;
  private int depth;

  private Parser(String text, Dialect dialect) {
    this.lexer = new Lexer(text);
    this.dialect = dialect;
    this.token = lexer.next();
  }

  /// Likewise, the whole language.
  public static Expr parse(String text) {
    return parse(text, Dialect.FULL);
  }

  /// The whole expression; messages carry no place of their own, the offset does.
  public static Expr parse(String text, Dialect dialect) {
    if (text.length() > dialect.maxLength()) {
      throw new BadInput(
          "expression is longer than " + dialect.maxLength() + " characters", dialect.maxLength());
    }
    Parser parser = new Parser(text, dialect);
    if (parser.token.kind() == Token.Kind.END) {
      throw new BadInput("no expression found in input", 0);
    }
    Expr expr = parser.expression(0);
    if (parser.token.kind() != Token.Kind.END) {
      throw parser.token.unexpected("", "");
    }
    refuseTooDeep(expr);
    TypeCheck.check(expr, text);
    return expr;
  }

  /// A selector alone, as `match[]` holds one.
  public static Expr.Selector selector(String text) {
    if (parse(text) instanceof Expr.Selector selector
        && selector.when().equals(When.NOW)
        && selector.reach() == Reach.PLAIN) {
      return selector;
    }
    throw new BadInput("expected a metric selector without modifiers", 0);
  }

  Expr expression(int weakest) {
    enter();
    Expr left = signed();
    while (token.kind() == Token.Kind.OPERATOR) {
      Optional<Operator> operator = Operator.of(token.text());
      if (operator.isEmpty() || operator.get().binding() < weakest) {
        break;
      }
      left = binary(left, operator.get());
    }
    leave();
    return left;
  }

  private Expr binary(Expr left, Operator operator) {
    advance();
    boolean bool = skip("bool");
    Matching matching = groupings.matching();
    Expr right = expression(operator.binding() + (operator.rightAssociative() ? 0 : 1));
    if (operator.isSet() && matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      matching = matching.with(Matching.Cardinality.MANY_TO_MANY);
    }
    Span span = left.span().to(right.span());
    if (matching.fill().any()) {
      experimental("binop fill modifiers are experimental and not enabled", span.start());
    }
    return new Expr.Binary(operator, left, right, bool, matching, span);
  }

  private Expr signed() {
    if (!token.isSign()) {
      return modifiers.after(primary());
    }
    Token sign = advance();
    boolean minus = sign.is("-");
    Expr inner = expression(SIGN_BINDING);
    Span span = sign.span().to(inner.span());
    return inner instanceof Expr.NumberLiteral number
        ? new Expr.NumberLiteral(minus ? -number.value() : number.value(), number.duration(), span)
        : new Expr.Signed(minus, inner, span);
  }

  private Expr primary() {
    return switch (token.kind()) {
      case NUMBER, DURATION -> number();
      case STRING -> {
        Token string = advance();
        String value = Quoting.unquote(string.text(), string.start());
        yield new Expr.TextLiteral(value, string.span());
      }
      case AGGREGATOR -> aggregateOrSelector();
      case IDENTIFIER, TIME_WORD -> callOrSelector();
      case METRIC_IDENTIFIER -> new Selectors(this).named(advance());
      case KEYWORD, OPERATOR -> wordAsMetric();
      case PUNCTUATION -> punctuation();
      case END, ERROR -> throw token.unexpected("", "");
    };
  }

  private Expr punctuation() {
    if (token.is("{")) {
      return new Selectors(this).nameless();
    }
    if (!token.is("(")) {
      throw token.unexpected("", "");
    }
    Token open = advance();
    Expr inner = expression(0);
    Token close = expect(")", "", "");
    return new Expr.Paren(inner, open.span().to(close.span()));
  }

  /// Some keywords may name a metric where they mean nothing else.
  private Expr wordAsMetric() {
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "by",
          "without",
          "offset",
          "anchored",
          "smoothed",
          "fill",
          "fill_left",
          "fill_right",
          "and",
          "or",
          "unless" ->
          new Selectors(this).named(advance());
      default -> throw token.unexpected("", "");
    };
  }

  private Expr aggregateOrSelector() {
    Token word = advance();
    if (!token.is("(") && !token.is("by") && !token.is("without")) {
      return new Selectors(this).named(word);
    }
    boolean grouped = token.is("by") || token.is("without");
    boolean without = false;
    List<String> grouping = List.of();
    if (grouped) {
      without = advance().is("without");
      grouping = groupings.labels();
    }
    if (!token.is("(")) {
      throw token.unexpected("aggregation", "");
    }
    List<Expr> arguments = arguments();
    int end = lastEnd;
    if (!grouped && (token.is("by") || token.is("without"))) {
      without = advance().is("without");
      grouping = groupings.labels();
      end = lastEnd;
    }
    Aggregation operator = Aggregation.of(word.text()).orElseThrow();
    checkArguments(operator, arguments.size(), word.start());
    return new Expr.Aggregate(operator, arguments, without, grouping, word.span().to(end));
  }

  private void checkArguments(Aggregation operator, int given, int start) {
    int wanted = operator.hasParameter() ? 2 : 1;
    if (given == 0) {
      throw new BadInput("no arguments for aggregate expression provided", start);
    }
    if (operator.isExperimental()) {
      experimental(
          operator.word()
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions",
          start);
    }
    if (given != wanted) {
      throw new BadInput(
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + given,
          start);
    }
  }

  private Expr callOrSelector() {
    Token name = advance();
    if (!token.is("(")) {
      return new Selectors(this).named(name);
    }
    List<Expr> arguments = arguments();
    String quoted = Quoting.quote(name.text());
    Signature function =
        Signatures.of(name.text())
            .orElseThrow(() -> new BadInput("unknown function with name " + quoted, name.start()));
    if (function.experimental()) {
      experimental("function " + quoted + " is not enabled", name.start());
    }
    return new Expr.Call(function, arguments, name.span().to(lastEnd));
  }

  private List<Expr> arguments() {
    List<Expr> arguments = new ArrayList<>();
    expect("(", "", "");
    while (!token.is(")")) {
      arguments.add(expression(0));
      if (!token.is(",")) {
        break;
      }
      Token comma = advance();
      if (token.is(")")) {
        throw new BadInput("trailing commas not allowed in function call args", comma.start());
      }
    }
    expect(")", "", "");
    return arguments;
  }

  Expr.NumberLiteral number() {
    Token number = advance();
    boolean duration = number.kind() == Token.Kind.DURATION;
    try {
      double value = duration ? Durations.seconds(number.text()) : Numbers.literal(number.text());
      return new Expr.NumberLiteral(value, duration, number.span());
    } catch (BadInput e) {
      throw new BadInput(e.reason(), number.start());
    }
  }

  Token token() {
    return token;
  }

  /// Where the last token ended.
  int lastEnd() {
    return lastEnd;
  }

  /// Takes the current token.
  Token advance() {
    Token taken = token;
    lastEnd = taken.start() + taken.text().length();
    token = lexer.next();
    return taken;
  }

  boolean skip(String word) {
    if (!token.is(word)) {
      return false;
    }
    advance();
    return true;
  }

  Token expect(String word, String context, String wanted) {
    if (!token.is(word)) {
      throw token.unexpected(context, wanted);
    }
    return advance();
  }

  /// Refuses where only the stable language is spoken.
  void experimental(String message, int start) {
    if (!dialect.experimental()) {
      throw new BadInput(message, start);
    }
  }

  /// One level down; [#leave] goes up again.
  void enter() {
    if (++depth > dialect.maxDepth()) {
      throw tooDeep(dialect.maxDepth(), token.start());
    }
  }

  void leave() {
    depth--;
  }

  private static void refuseTooDeep(Expr expr) {
    List<Expr> level = List.of(expr);
    for (int levels = 0; !level.isEmpty(); levels++) {
      if (levels > MAX_CHAIN) {
        throw tooDeep(MAX_CHAIN, level.getFirst().span().start());
      }
      List<Expr> below = new ArrayList<>();
      level.forEach(each -> below.addAll(each.parts()));
      level = below;
    }
  }

  private static BadInput tooDeep(int levels, int offset) {
    return new BadInput("expression is nested deeper than " + levels + " levels", offset);
  }
}
