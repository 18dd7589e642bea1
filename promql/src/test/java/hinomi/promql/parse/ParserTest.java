package hinomi.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.promql.PromQl;
import hinomi.promql.plan.Planner;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ParserTest {
  @Test
  void what_is_printed_parses_to_the_same_tree() {
    Seeds.forAll(
        300,
        random -> {
          String text = new RandomExpressions(random).vector(5);
          Expr tree = Parser.parse(text);
          String printed = Printer.print(tree);
          assertThat(Parser.parse(printed)).as(text).isEqualTo(tree);
          assertThat(Printer.print(Parser.parse(printed))).isEqualTo(printed);
        });
  }

  @Test
  void any_text_is_parsed_or_refused_with_a_place_inside_it() {
    Seeds.forAll(
        500,
        random -> {
          String text = new RandomExpressions(random).mutilated();
          try {
            Parser.parse(text);
          } catch (BadInput e) {
            assertThat(e.offset()).as(text + ": " + e.reason()).isBetween(0, text.length());
          }
        });
  }

  @Test
  void operators_bind_as_in_prometheus() {
    same("1 + 2 * 3 ^ 2", "1 + (2 * (3 ^ 2))");
    same("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)");
    same("-a ^ 2", "-(a ^ 2)");
    same("-a * b", "(-a) * b");
    same("a or b and c unless d", "a or ((b and c) unless d)");
    same("a == bool b + c", "a == bool (b + c)");
    same("a - b - c", "(a - b) - c");
  }

  private static void same(String text, String explicit) {
    assertThat(withoutParens(Parser.parse(text))).isEqualTo(withoutParens(Parser.parse(explicit)));
  }

  private static String withoutParens(Expr expr) {
    return switch (expr) {
      case Expr.Paren paren -> withoutParens(paren.inner());
      case Expr.Binary b ->
          "[" + withoutParens(b.left()) + b.operator() + withoutParens(b.right()) + "]";
      case Expr.Signed signed -> "[-" + withoutParens(signed.inner()) + "]";
      default -> Printer.print(expr);
    };
  }

  @Test
  void mistakes_have_a_place_and_prometheus_words() {
    refused("", "1:1: parse error: no expression found in input", 0);
    refused("up{", "1:4: parse error: unexpected end of input inside braces", 3);
    refused("sum(rate(x[5m])", "1:16: parse error: unclosed left parenthesis", 15);
    refused("1 +\n  )", "2:4: parse error: unexpected right parenthesis ')'", 7);
    refused("nope(1)", "1:1: parse error: unknown function with name \"nope\"", 0);
    refused(
        "rate(x)",
        "1:6: parse error: expected type range vector in call to function \"rate\", got instant"
            + " vector",
        5);
    refused(
        "x[5m] offset",
        "1:13: parse error: unexpected end of input in offset, expected number,"
            + " duration, step(), or range()",
        12);
    refused("1 < 2", "1:3: parse error: comparisons between scalars must use BOOL modifier", 2);
    refused(
        "{job=~\".*\"}",
        "1:1: parse error: vector selector must contain at least one" + " non-empty matcher",
        0);
  }

  @Test
  void each_mistake_is_told_in_prometheus_words_where_it_stands() throws IOException {
    InputStream in = Objects.requireNonNull(ParserTest.class.getResourceAsStream("/mistakes.txt"));
    for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
      String[] fields = line.split("\t", 3);
      if (fields.length == 3) {
        String text = fields[1].replace('↵', '\n');
        String message = Span.place(text, Integer.parseInt(fields[0])) + ": parse error: ";
        refused(text, message + fields[2], Integer.parseInt(fields[0]));
      }
    }
  }

  private static void refused(String text, String message, int offset) {
    assertThatThrownBy(() -> PromQl.check(text))
        .as(text)
        .isInstanceOfSatisfying(
            BadInput.class,
            e -> {
              assertThat(e.reason()).isEqualTo(message);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }

  @Test
  void deep_and_long_expressions_are_refused_and_nothing_overflows() {
    String tooDeep = "expression is nested deeper than";
    assertThatThrownBy(() -> Parser.parse("(".repeat(10_000))).hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("-".repeat(10_000) + "a")).hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("a" + "+a".repeat(5_000))).hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("a" + "[1m:]".repeat(3_000)))
        .hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("a[" + "(".repeat(3_000))).hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("a[" + "-".repeat(3_000) + "1m]"))
        .hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("a[1m" + "+1m".repeat(3_000) + "]"))
        .hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("r>booL(".repeat(1_000))).hasMessageContaining(tooDeep);
    assertThatThrownBy(() -> Parser.parse("abs(".repeat(1000) + "a" + ")".repeat(1000)))
        .hasMessageContaining(tooDeep);
    for (String piece : List.of("(", "-", "1+", "r>booL(", "a[1m:]")) {
      assertThatThrownBy(() -> Parser.parse(piece.repeat(100_000)))
          .hasMessage("expression is longer than 16384 characters");
    }
  }

  @Test
  void lengths_of_time_are_computed_when_the_query_is_known() {
    assertThat(length("x[5m]")).isEqualTo(300_000);
    assertThat(length("x[2m * (10 + 5)]")).isEqualTo(1_800_000);
    assertThat(length("x[step() + 1]")).isEqualTo(16_000);
    assertThat(length("x[max_of(range(), 1h) ^ 1]")).isEqualTo(7_200_000);
    assertThat(length("x[-(10s - 20s) % 7]")).isEqualTo(3_000);
    assertThatThrownBy(() -> length("x[range() / (step() - 15)]"))
        .hasMessageContaining("division by zero");
    assertThatThrownBy(() -> length("x[step() - 1h]"))
        .hasMessageContaining("duration must be greater than 0");
    assertThatThrownBy(() -> length("x[2 ^ 2000]")).hasMessageContaining("NaN or infinite");
    assertThatThrownBy(() -> length("x[1e9 * 1e3]")).hasMessageContaining("out of range");
  }

  private static long length(String text) {
    return Planner.plan(Parser.parse(text), 0, 7_200_000, 15_000)
            instanceof Expr.RangeSelector range
        ? range.range()
        : -1;
  }

  @Test
  void only_the_stable_language_is_spoken_where_the_rest_is_switched_off() {
    Dialect stable = new Dialect(false, 1000, 10);
    stable(stable, "mad_over_time(x[5m])", 0, "function \"mad_over_time\" is not enabled");
    stable(
        stable,
        "1 + limitk(1, x)",
        4,
        "limitk() is experimental and must be enabled with"
            + " --enable-feature=promql-experimental-functions");
    stable(stable, "x[5m * 2]", 2, "experimental duration expression is not enabled");
    stable(stable, "x[step()]", 2, "experimental duration expression is not enabled");
    stable(stable, "x smoothed", 0, "smoothed modifier is experimental and not enabled");
    stable(stable, "x + fill(0) y", 0, "binop fill modifiers are experimental and not enabled");
    assertThat(Printer.print(Parser.parse("rate(x[5m] offset -1h)", stable)))
        .isEqualTo("rate(x[5m] offset -1h)");
  }

  private static void stable(Dialect dialect, String text, int offset, String message) {
    assertThatThrownBy(() -> Parser.parse(text, dialect))
        .isInstanceOfSatisfying(
            BadInput.class,
            e -> {
              assertThat(e.reason()).isEqualTo(message);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }

  @Test
  void what_is_not_too_deep_is_printed_and_shown_as_a_tree() {
    String chain = "a" + " + a".repeat(490);
    String nest = "-".repeat(40) + "abs(".repeat(50) + "a" + ")".repeat(50);
    for (String text : List.of(chain, nest)) {
      Expr tree = Parser.parse(text);
      assertThat(Printer.print(tree)).isEqualTo(text);
      assertThat(Trees.of(tree)).isNotEmpty();
    }
  }

  @Test
  void numbers_read_and_print_as_in_go() {
    assertThat(Printer.print(Parser.parse("0x1F + 1_000 + .5 + 5. + 1e3 + 010 + iNf")))
        .isEqualTo("31 + 1000 + 0.5 + 5 + 1000 + 8 + +Inf");
    assertThat(Numbers.json(1e21)).isEqualTo("1e+21");
    assertThat(Numbers.json(0.00000012)).isEqualTo("1.2e-07");
    assertThat(Numbers.json(123456789012345680000.0)).isEqualTo("123456789012345680000");
    assertThat(Numbers.json(-0.0)).isEqualTo("-0");
    assertThat(Numbers.plain(1e-7)).isEqualTo("0.0000001");
    assertThat(Numbers.json(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
  }

  @Test
  void names_of_any_letters_stand_in_quotes() {
    assertThat(Printer.print(Parser.parse("sum by ('約定.数', b) ({\"http.requests\", 'l.n'=`x`})")))
        .isEqualTo("sum by (\"約定.数\", b) ({\"l.n\"=\"x\",__name__=\"http.requests\"})");
  }
}
