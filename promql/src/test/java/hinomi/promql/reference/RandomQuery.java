package hinomi.promql.reference;

import java.util.Random;

/// Writes random expressions. What jumps where its input changes a little (comparisons, rounding,
/// ranking) gets only inputs that are exact, so that two right evaluators cannot differ.
final class RandomQuery {
  private static final String[] AGGREGATIONS = {
    "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "quantile(0.3, "
  };
  private static final String[] WINDOWS = {
    "delta",
    "idelta",
    "sum_over_time",
    "avg_over_time",
    "count_over_time",
    "present_over_time",
    "last_over_time",
    "first_over_time",
    "min_over_time",
    "max_over_time",
    "stdvar_over_time",
    "stddev_over_time",
    "deriv"
  };

  /// Which see a reset, or a change, in whatever rounding leaves.
  private static final String[] JUMPING_WINDOWS = {
    "rate", "increase", "irate", "resets", "changes"
  };

  private static final String[] EXACT_WINDOWS = {
    "resets",
    "changes",
    "sum_over_time",
    "count_over_time",
    "last_over_time",
    "min_over_time",
    "max_over_time",
    "idelta"
  };
  private static final String[] DURATIONS = {"20s", "1m", "5m", "17m", "1h"};

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  String selector() {
    String matchers =
        one("", "", "", "{a=\"x\"}", "{b!=\"2\"}", "{b=~\"1|3\"}", "{a!~\"x\"}", "{a=\"z\"}");
    return one("m_total", "n_total", "g", "h") + matchers;
  }

  private String when() {
    return one(
        "", "", "", "", "", " offset 3m", " offset -2m", " @ 1800", " @ end()", " @ start()");
  }

  String vector(int depth) {
    if (depth <= 0) {
      return selector() + when();
    }
    return switch (random.nextInt(12)) {
      case 0 -> exact(depth);
      case 1 -> one(WINDOWS) + "(" + range(vector(Math.min(1, depth - 1))) + ")";
      case 2 -> one(JUMPING_WINDOWS) + "(" + range(exact(Math.min(1, depth - 1))) + ")";
      case 3, 4 -> aggregated(depth);
      case 5 -> "(" + vector(depth - 1) + one(" + ", " - ", " * ") + scalar(depth - 1) + ")";
      case 6 -> "(" + scalar(depth - 1) + one(" + ", " - ", " * ") + vector(depth - 1) + ")";
      case 7 -> "(" + vector(depth - 1) + one(" + ", " - ", " * ") + matching(depth) + ")";
      case 8 -> "(" + vector(depth - 1) + one(" and ", " or ", " unless ") + set(depth) + ")";
      case 9 -> one("abs", "-", "") + "(" + vector(depth - 1) + ")";
      case 10 ->
          one(
              "quantile_over_time(0.7, " + range(vector(depth - 2)) + ")",
              "predict_linear(" + range(vector(depth - 2)) + ", 600)");
      default -> one("vector(" + scalar(depth - 1) + ")", "timestamp(" + selector() + when() + ")");
    };
  }

  /// A vector whose numbers any evaluator must find to the last bit.
  private String exact(int depth) {
    if (depth == 0) {
      return selector() + when();
    }
    return switch (random.nextInt(9)) {
      case 0, 1 ->
          one(EXACT_WINDOWS) + "(" + selector() + "[" + one(DURATIONS) + "]" + when() + ")";
      case 2 -> one("sum", "min", "max", "count", "group") + by() + " (" + exact(depth - 1) + ")";
      case 3 ->
          "("
              + exact(depth - 1)
              + one(" > ", " < ", " == ", " != ", " >= ", " <= ")
              + one("", "bool ")
              + one("5", "0", "50.25", "time() - 1500", "scalar(" + selector() + ")")
              + ")";
      case 4 -> one("floor", "ceil", "sgn", "round", "abs") + "(" + exact(depth - 1) + ")";
      case 5 -> one("topk", "bottomk") + by() + " (" + one("1", "2", "3") + ", " + plain() + ")";
      case 6 ->
          "clamp(" + exact(depth - 1) + ", " + one("-5", "3", "60") + ", " + one("4", "50") + ")";
      case 7 -> one("absent(" + selector() + ")", "absent_over_time(" + selector() + "[5m])");
      default ->
          "("
              + exact(depth - 1)
              + one(" > ", " <= ", " != ")
              + one("", "bool ")
              + exactMatching(depth)
              + ")";
    };
  }

  /// Elements of which no two are equal.
  private String plain() {
    return one(selector() + when(), "last_over_time(" + selector() + "[10m])");
  }

  private String aggregated(int depth) {
    String operator = one(AGGREGATIONS);
    return operator.endsWith(" ")
        ? operator + vector(depth - 1) + ") " + by()
        : operator + by() + " (" + vector(depth - 1) + ")";
  }

  private String by() {
    return one(
        "", "", " by (a)", " by (b)", " by (a, b)", " without (a)", " without (b)", " by (c)");
  }

  /// @param inner of a subquery, which it is now and then
  private String range(String inner) {
    if (random.nextInt(4) > 0) {
      return selector() + "[" + one(DURATIONS) + "]" + when();
    }
    return "(" + inner + ")[" + one("3m", "10m") + ":" + one("", "40s", "1m", "97s") + "]" + when();
  }

  private String matching(int depth) {
    return one(
            "",
            "on (a, b) ",
            "ignoring (b) ",
            "on (a) group_left () ",
            "on (b) group_right () ",
            "ignoring (b) group_left (b) ")
        + one(vector(depth - 1), "sum by (a) (" + vector(depth - 1) + ")");
  }

  private String exactMatching(int depth) {
    return one("", "on (a, b) ", "on (a) group_left () ")
        + one(exact(depth - 1), "max by (a) (" + exact(depth - 1) + ")");
  }

  private String set(int depth) {
    return one("", "on (a) ", "ignoring (a) ", "on () ") + vector(depth - 1);
  }

  private String scalar(int depth) {
    if (depth <= 0) {
      return one("2", "0.5", "-3", "time()", "pi()");
    }
    return one(
        "4",
        "time()",
        "scalar(" + vector(depth - 1) + ")",
        "(" + scalar(depth - 1) + one(" + ", " * ", " - ") + scalar(depth - 1) + ")");
  }
}
