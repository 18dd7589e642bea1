package hinomi.alertengine.template;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.histogram.Bucket;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Go's `fmt`, as far as templates can see it.
final class GoFormat {
  private static final Pattern VERB = Pattern.compile("%([-+# 0]*)(\\d*)(?:\\.(\\d*))?(.)?");
  private static final int MAX_WIDTH = 1_000;

  private GoFormat() {}

  /// `%v`.
  static String print(Object value) {
    return switch (value) {
      case Double number -> shortest(number);
      case Histogram histogram -> print(histogram);
      case Map<?, ?> map -> {
        StringBuilder text = new StringBuilder("map[");
        new TreeMap<>(map)
            .forEach((key, element) ->
                text.append(text.length() > 4 ? " " : "")
                    .append(key)
                    .append(':')
                    .append(print(element)));
        yield text.append(']').toString();
      }
      case List<?> list ->
          "[" + String.join(" ", list.stream().map(GoFormat::print).toList()) + "]";
      default -> value.toString();
    };
  }

  /// As Prometheus prints a `FloatHistogram`: the buckets that hold anything, by rising bounds.
  private static String print(Histogram histogram) {
    List<Bucket> buckets = new ArrayList<>(Bucket.negative(histogram).reversed());
    buckets.add(Bucket.zero(histogram));
    buckets.addAll(Bucket.positive(histogram));
    StringBuilder text = new StringBuilder("{count:").append(shortest(histogram.count()));
    text.append(", sum:").append(shortest(histogram.sum()));
    for (Bucket bucket : buckets) {
      if (bucket.count() != 0) {
        text.append(bucket.lowerIncluded() ? ", [" : ", (").append(shortest(bucket.lower()));
        text.append(',').append(shortest(bucket.upper()));
        text.append(bucket.upperIncluded() ? "]:" : "):").append(shortest(bucket.count()));
      }
    }
    return text.append('}').toString();
  }

  /// `%v` of a float64: the fewest digits that mean this number, with an exponent from 1e+06 on.
  static String shortest(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return withExponentAt(exact, isNegative(value), 6);
  }

  /// `%.Ng`.
  static String significant(double value, int precision) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    int digits = Math.max(1, precision);
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    return withExponentAt(rounded, isNegative(value), digits);
  }

  /// `%.Nf`.
  static String fixed(double value, int precision) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return isNegative(value) && !text.startsWith("-") ? "-" + text : text;
  }

  private static String withExponentAt(BigDecimal value, boolean negative, int limit) {
    int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    if (exponent < -4 || exponent >= limit) {
      return scientific(value, negative);
    }
    return (negative ? "-" : "") + value.abs().toPlainString();
  }

  private static String scientific(BigDecimal value, boolean negative) {
    String digits = value.unscaledValue().abs().toString();
    int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%02d"
        .formatted(negative ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }

  /// `printf`; what does not fit stands in the text as Go writes it: `%!d(float64=3)`.
  static String printf(String format, List<Object> arguments) {
    Matcher verb = VERB.matcher(format);
    StringBuilder text = new StringBuilder();
    int last = 0;
    int used = 0;
    while (verb.find()) {
      text.append(format, last, verb.start());
      last = verb.end();
      String letter = verb.group(4);
      if (letter == null) {
        text.append("%!(NOVERB)");
      } else if (letter.equals("%")) {
        text.append('%');
      } else if (used >= arguments.size()) {
        text.append("%!").append(letter).append("(MISSING)");
      } else {
        text.append(padded(verb, one(verb, letter, arguments.get(used++))));
      }
    }
    text.append(format, last, format.length());
    if (used < arguments.size()) {
      text.append("%!(EXTRA ");
      List<String> extra =
          arguments.subList(used, arguments.size()).stream()
              .map(argument -> type(argument) + "=" + print(argument))
              .toList();
      text.append(String.join(", ", extra)).append(')');
    }
    return text.toString();
  }

  private static String one(Matcher verb, String letter, Object value) {
    int precision = verb.group(3) == null ? -1 : small(verb.group(3));
    String text =
        switch (letter) {
          case "v" ->
              precision >= 0 && value instanceof Double number
                  ? significant(number, precision)
                  : print(value);
          case "s" ->
              value instanceof String || value instanceof Histogram
                  ? cut(print(value), precision)
                  : wrong(letter, value);
          case "q" ->
              value instanceof String string
                  ? '"'
                      + string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                      + '"'
                  : wrong(letter, value);
          case "d" -> value instanceof Long ? value.toString() : wrong(letter, value);
          case "x" ->
              value instanceof Long number ? Long.toHexString(number) : wrong(letter, value);
          case "t" -> value instanceof Boolean ? value.toString() : wrong(letter, value);
          case "f", "F", "e", "g" ->
              value instanceof Double number
                  ? real(letter, number, precision)
                  : wrong(letter, value);
          default -> wrong(letter, value);
        };
    boolean plus =
        verb.group(1).contains("+")
            && (value instanceof Long || value instanceof Double)
            && !text.startsWith("-")
            && !text.startsWith("+");
    return plus ? "+" + text : text;
  }

  private static String real(String letter, double value, int precision) {
    return switch (letter) {
      case "g" -> precision < 0 ? shortest(value) : significant(value, precision);
      case "e" -> {
        int digits = precision < 0 ? 6 : precision;
        if (!Double.isFinite(value)) {
          yield special(value);
        }
        BigDecimal rounded =
            new BigDecimal(value).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int missing = digits + 1 - rounded.precision();
        yield scientific(
            rounded.setScale(rounded.scale() + Math.max(0, missing)), isNegative(value));
      }
      default -> fixed(value, precision < 0 ? 6 : precision);
    };
  }

  private static String cut(String text, int precision) {
    return precision < 0 || text.codePointCount(0, text.length()) <= precision
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String padded(Matcher verb, String text) {
    int width = verb.group(2).isEmpty() ? 0 : small(verb.group(2));
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (verb.group(1).contains("-")) {
      return text + " ".repeat(missing);
    }
    if (verb.group(1).contains("0")) {
      boolean signed = text.startsWith("-") || text.startsWith("+");
      return signed
          ? text.charAt(0) + "0".repeat(missing) + text.substring(1)
          : "0".repeat(missing) + text;
    }
    return " ".repeat(missing) + text;
  }

  private static int small(String digits) {
    int value =
        digits.isEmpty() ? 0 : digits.length() > 4 ? MAX_WIDTH + 1 : Integer.parseInt(digits);
    if (value > MAX_WIDTH) {
      throw new BadInput("printf: a width above " + MAX_WIDTH);
    }
    return value;
  }

  private static String wrong(String letter, Object value) {
    return "%!" + letter + "(" + type(value) + "=" + print(value) + ")";
  }

  private static String type(Object value) {
    return switch (value) {
      case Double ignored -> "float64";
      case Long ignored -> "int";
      case Boolean ignored -> "bool";
      case String ignored -> "string";
      case Histogram ignored -> "*histogram.FloatHistogram";
      case Map<?, ?> ignored -> "map[string]string";
      default -> "[]interface {}";
    };
  }
}
