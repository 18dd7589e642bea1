package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads PromQL by operator precedence (Pratt): text → checked tree. The grammar is that of
/// Prometheus 3 (docs/querying/basics, operators), numbers standing for durations included.
///
/// A mistake is a [BadInput] with its place. Length and depth are limited, for a tree is walked by
/// recursion everywhere.
public final class Parser {
  private static final int MAX_LENGTH = 200_000;
  private static final int MAX_DEPTH = 500;
  private static final int SIGN_BINDING = Operator.POWER.binding();

  private final Lexer lexer;
  private Token token;
  private int lastEnd;
  private int depth;

  private Parser(String text) {
    this.lexer = new Lexer(text);
    this.token = lexer.next();
  }

  /// The whole expression; messages carry no place of their own, the offset does.
  public static Expr parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new BadInput("expression is longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    Parser parser = new Parser(text);
    if (parser.token.kind() == Token.Kind.END) {
      throw new BadInput("no expression found in input", 0);
    }
    Expr expr = parser.expression(0);
    if (parser.token.kind() != Token.Kind.END) {
      throw parser.unexpected("", "");
    }
    refuseTooDeep(expr);
    TypeCheck.check(expr, text);
    return expr;
  }

  /// A selector alone, as `match[]` holds one.
  public static Expr.Selector selector(String text) {
    if (parse(text) instanceof Expr.Selector selector
        && selector.at().equals(At.STEP)
        && selector.offset() == 0) {
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
    depth--;
    return left;
  }

  private Expr binary(Expr left, Operator operator) {
    advance();
    boolean bool = skip("bool");
    Matching matching = matching();
    Expr right = expression(operator.binding() + (operator.rightAssociative() ? 0 : 1));
    if (operator.isSet() && matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      matching = matching.with(Matching.Cardinality.MANY_TO_MANY);
    }
    Span span = left.span().to(right.span());
    return new Expr.Binary(operator, left, right, bool, matching, span);
  }

  private Matching matching() {
    if (!token.is("on") && !token.is("ignoring")) {
      return Matching.DEFAULT;
    }
    boolean on = advance().is("on");
    List<String> labels = labels();
    if (!token.is("group_left") && !token.is("group_right")) {
      return new Matching(Matching.Cardinality.ONE_TO_ONE, on, labels, List.of());
    }
    Matching.Cardinality cardinality =
        advance().is("group_left")
            ? Matching.Cardinality.MANY_TO_ONE
            : Matching.Cardinality.ONE_TO_MANY;
    List<String> include = token.is("(") ? labels() : List.of();
    return new Matching(cardinality, on, labels, include);
  }

  private Expr signed() {
    if (!token.is("+") && !token.is("-")) {
      return new Modifiers(this).after(primary());
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
      case IDENTIFIER -> callOrSelector();
      case METRIC_IDENTIFIER -> new Selectors(this).named(advance());
      case KEYWORD -> keywordAsMetric();
      case OPERATOR -> operatorAsMetric();
      case PUNCTUATION -> punctuation();
      case END -> throw unexpected("", "");
    };
  }

  private Expr punctuation() {
    if (token.is("{")) {
      return new Selectors(this).nameless();
    }
    if (!token.is("(")) {
      throw unexpected("", "");
    }
    Token open = advance();
    Expr inner = expression(0);
    Token close = expect(")", "", "");
    return new Expr.Paren(inner, open.span().to(close.span()));
  }

  private Expr keywordAsMetric() {
    if (token.is("offset") || token.is("by") || token.is("without")) {
      return new Selectors(this).named(advance());
    }
    throw unexpected("", "");
  }

  private Expr operatorAsMetric() {
    if (token.is("and") || token.is("or") || token.is("unless")) {
      return new Selectors(this).named(advance());
    }
    throw unexpected("", "");
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
      grouping = labels();
    }
    if (!token.is("(")) {
      throw unexpected("aggregation", "");
    }
    List<Expr> arguments = arguments();
    if (!grouped && (token.is("by") || token.is("without"))) {
      without = advance().is("without");
      grouping = labels();
    }
    Aggregation operator = Aggregation.of(word.text()).orElseThrow();
    Span span = word.span().to(lastEnd);
    int wanted = operator.hasParameter() ? 2 : 1;
    if (arguments.isEmpty()) {
      throw new BadInput("no arguments for aggregate expression provided", word.start());
    }
    if (arguments.size() != wanted) {
      throw new BadInput(
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + arguments.size(),
          word.start());
    }
    return new Expr.Aggregate(operator, arguments, without, grouping, span);
  }

  private Expr callOrSelector() {
    Token name = advance();
    if (!token.is("(")) {
      return new Selectors(this).named(name);
    }
    List<Expr> arguments = arguments();
    Signature function =
        Signatures.of(name.text())
            .orElseThrow(() ->
                new BadInput(
                    "unknown function with name " + Quoting.quote(name.text()), name.start()));
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

  private List<String> labels() {
    String context = "grouping opts";
    List<String> labels = new ArrayList<>();
    expect("(", context, "\"(\"");
    while (!token.is(")")) {
      labels.add(label(context));
      if (!token.is(",") && !token.is(")")) {
        throw unexpected(context, "\",\" or \")\"");
      }
      skip(",");
    }
    expect(")", context, "\",\" or \")\"");
    return labels;
  }

  private String label(String context) {
    boolean word =
        switch (token.kind()) {
          case IDENTIFIER, KEYWORD, AGGREGATOR -> true;
          case OPERATOR, NUMBER -> Quoting.isPlainLabel(token.text());
          case STRING, END, DURATION, METRIC_IDENTIFIER, PUNCTUATION -> false;
        };
    if (!word && token.kind() != Token.Kind.STRING) {
      throw unexpected(context, "label");
    }
    Token label = advance();
    String name = word ? label.text() : Quoting.unquote(label.text(), label.start());
    if (!Quoting.isLabelName(name)) {
      throw new BadInput("invalid label name for grouping: " + Quoting.quote(name), label.start());
    }
    return name;
  }

  Expr.NumberLiteral number() {
    Token number = advance();
    boolean duration = number.kind() == Token.Kind.DURATION;
    double value =
        duration ? Durations.seconds(number.text()) : Numbers.literal(number.text()).orElseThrow();
    if (duration && Double.isNaN(value)) {
      throw new BadInput(
          "not a valid duration string: " + Quoting.quote(number.text()), number.start());
    }
    return new Expr.NumberLiteral(value, duration, number.span());
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
      throw unexpected(context, wanted);
    }
    return advance();
  }

  BadInput unexpected(String context, String wanted) {
    return new BadInput(
        "unexpected "
            + token.described()
            + (context.isEmpty() ? "" : " in " + context)
            + (wanted.isEmpty() ? "" : ", expected " + wanted),
        token.start());
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw tooDeep(token.start());
    }
  }

  /// A chain `a + b + c…` nests without any recursion of the parser: measured level by level.
  private static void refuseTooDeep(Expr expr) {
    List<Expr> level = List.of(expr);
    for (int levels = 0; !level.isEmpty(); levels++) {
      if (levels > MAX_DEPTH) {
        throw tooDeep(level.getFirst().span().start());
      }
      List<Expr> below = new ArrayList<>();
      level.forEach(each -> below.addAll(each.parts()));
      level = below;
    }
  }

  private static BadInput tooDeep(int offset) {
    return new BadInput("expression is nested deeper than " + MAX_DEPTH + " levels", offset);
  }
}
