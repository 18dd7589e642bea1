package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.List;

/// The parts of the grammar that name labels and matches: `by (a, b)`, `on (a) group_left (b)`,
/// `fill (0)`.
final class Groupings {
  private static final String CONTEXT = "grouping opts";
  private static final String COMMA_OR_END = "\",\" or \")\"";

  private final Parser parser;

  Groupings(Parser parser) {
    this.parser = parser;
  }

  /// How the sides of a binary operator find each other; stands before the right side.
  Matching matching() {
    Matching matching = matched();
    Fill fill = fill();
    if (fill.any()) {
      return matching.with(fill);
    }
    return matching;
  }

  private Matching matched() {
    if (!parser.token().is("on") && !parser.token().is("ignoring")) {
      return Matching.DEFAULT;
    }
    boolean on = parser.advance().is("on");
    List<String> labels = labels();
    if (!parser.token().is("group_left") && !parser.token().is("group_right")) {
      return new Matching(Matching.Cardinality.ONE_TO_ONE, on, labels, List.of(), Fill.NONE);
    }
    Matching.Cardinality cardinality =
        parser.advance().is("group_left")
            ? Matching.Cardinality.MANY_TO_ONE
            : Matching.Cardinality.ONE_TO_MANY;
    List<String> include = parser.token().is("(") ? labels() : List.of();
    return new Matching(cardinality, on, labels, include, Fill.NONE);
  }

  private Fill fill() {
    if (isWord("fill")) {
      double both = value();
      return new Fill(true, both, true, both);
    }
    Fill fill = Fill.NONE;
    while ((isWord("fill_left") && !fill.left()) || (isWord("fill_right") && !fill.right())) {
      boolean left = isWord("fill_left");
      double value = value();
      fill = left ? fill.withLeft(value) : fill.withRight(value);
    }
    return fill;
  }

  private boolean isWord(String word) {
    return parser.token().kind() == Token.Kind.KEYWORD && parser.token().is(word);
  }

  private double value() {
    parser.advance();
    parser.expect("(", "", "");
    Token sign = parser.token();
    if (sign.isSign()) {
      parser.advance();
    }
    if (!parser.token().isNumber()) {
      throw parser.token().unexpected("", "");
    }
    double value = parser.number().value();
    parser.expect(")", "", "");
    return sign.is("-") ? -value : value;
  }

  List<String> labels() {
    List<String> labels = new ArrayList<>();
    parser.expect("(", CONTEXT, "\"(\"");
    while (!parser.token().is(")")) {
      labels.add(label());
      if (!parser.token().is(",") && !parser.token().is(")")) {
        throw parser.token().unexpected(CONTEXT, COMMA_OR_END);
      }
      parser.skip(",");
    }
    parser.expect(")", CONTEXT, COMMA_OR_END);
    return labels;
  }

  private String label() {
    Token label = parser.token();
    if (!isLabel(label)) {
      throw label.unexpected(CONTEXT, "label");
    }
    parser.advance();
    String name =
        label.kind() == Token.Kind.STRING
            ? Quoting.unquote(label.text(), label.start())
            : label.text();
    if (!Quoting.isLabelName(name)) {
      throw new BadInput("invalid label name for grouping: " + Quoting.quote(name), label.start());
    }
    return name;
  }

  private static boolean isLabel(Token token) {
    return switch (token.kind()) {
      case STRING, IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, TIME_WORD -> true;
      case KEYWORD -> !token.is("without");
      case OPERATOR -> Quoting.isPlainLabel(token.text());
      case END, NUMBER, DURATION, PUNCTUATION, ERROR -> false;
    };
  }
}
