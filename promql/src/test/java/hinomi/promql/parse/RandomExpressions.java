package hinomi.promql.parse;

import java.util.Random;

/// Makes expressions of every kind, valid ones and broken ones.
final class RandomExpressions {
  private static final String[] SIGNS = {
    "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", "<=", ">", ">=", ">/", "</", "and",
    "or", "unless"
  };
  private static final String[] ODD = {
    "(", ")", "{", "}", "[", "]", "\"", "'", "\\", "@", "offset", "by", "on", "bool", "5m", "1e",
    "::", "=~", "sum", "rate", ",", "#", "\n", "約", "\ud800", "0x", "inf", "-"
  };

  private final Random random;

  RandomExpressions(Random random) {
    this.random = random;
  }

  String vector(int depth) {
    if (depth == 0) {
      return selector() + when();
    }
    return switch (random.nextInt(9)) {
      case 0 -> selector() + when();
      case 1 -> "(" + vector(depth - 1) + ")";
      case 2 -> pick("-", "+", "- -") + vector(depth - 1);
      case 3 -> pick("sum", "MAX", "count") + grouping() + "(" + vector(depth - 1) + ")";
      case 4 -> "topk(" + scalar() + ", " + vector(depth - 1) + ")" + grouping();
      case 5 -> pick("rate", "deriv", "changes") + "(" + range(depth - 1) + ")";
      case 6 -> "label_replace(" + vector(depth - 1) + ", \"a\", '$1\\n', `b`, \"(.*)\")";
      case 7 -> binary(depth);
      default -> "clamp(" + vector(depth - 1) + ", " + scalar() + ", " + scalar() + ")";
    };
  }

  private String binary(int depth) {
    String sign = pick(SIGNS);
    boolean set = sign.equals("and") || sign.equals("or") || sign.equals("unless");
    String fill = set ? "" : pick("", "", "fill(0) ", "fill_right(-1) fill_left(NaN) ");
    return vector(depth - 1) + " " + sign + " " + matching() + fill + vector(depth - 1);
  }

  private String range(int depth) {
    return random.nextBoolean()
        ? selector() + "[" + duration() + "]" + when()
        : "(" + vector(depth) + ")[" + duration() + ":" + pick("", "30s", "15") + "]" + shift();
  }

  private String selector() {
    return pick(
        "up",
        "a:b",
        "sum",
        "offset",
        "{\"x.y\", z!~'b.*'}",
        "node{job=\"a\", b=~`x|y`, a!=\"\\t\"}",
        "{__name__=~\"a.+\"}");
  }

  private String when() {
    return shift() + pick("", "", " anchored", " smoothed");
  }

  private String shift() {
    return pick(
        "",
        "",
        "",
        " offset 5m",
        " offset -1h30m @ 12.5",
        " @ start()",
        " @ end() offset 7",
        " offset -step()");
  }

  private String matching() {
    return pick("", "", "on () ", "ignoring (a, \"b.c\") ");
  }

  private String grouping() {
    return pick("", " by (a, 約定)", " without ()", " by ()").replace("約定", "\"約定\"");
  }

  private String scalar() {
    return pick("1", "-0.5", "1e-9", "NaN", "-Inf", "5m", "0x10", "time()", "(2 ^ 3)");
  }

  private String duration() {
    return pick(
        "5m", "1h30m", "300", "0.5", "1w", "1ms", "step() + 1m", "2 * (3m - 5)", "max_of(1, -1m)");
  }

  /// Something valid with a few pieces cut out, doubled or thrown in.
  String mutilated() {
    StringBuilder text = new StringBuilder(vector(3));
    for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, pick(ODD));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
