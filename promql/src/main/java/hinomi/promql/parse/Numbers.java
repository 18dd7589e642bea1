package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Numbers as Go's `strconv` reads and writes them, for every PromQL client expects those forms.
public final class Numbers {
  private static final Pattern FINITE =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?");

  private Numbers() {}

  /// Format 'f', shortest: never an exponent. As `count_values` and printed expressions have it.
  public static String plain(double value) {
    String special = special(value);
    return special.isEmpty() ? signed(value, digits(value).toPlainString()) : special;
  }

  /// As the HTTP API writes values: plain, but with an exponent below 1e-6 and from 1e21.
  public static String json(double value) {
    double size = Math.abs(value);
    return size != 0 && (size < 1e-6 || size >= 1e21) ? exponential(value) : plain(value);
  }

  /// Format 'g', shortest: an exponent below 1e-4 and from 1e6. As `%v` in messages.
  public static String general(double value) {
    double size = Math.abs(value);
    return size != 0 && (size < 1e-4 || size >= 1e6) ? exponential(value) : plain(value);
  }

  private static String exponential(double value) {
    String special = special(value);
    if (!special.isEmpty()) {
      return special;
    }
    BigDecimal digits = digits(value);
    String unscaled = digits.unscaledValue().abs().toString();
    int exponent = unscaled.length() - 1 - digits.scale();
    String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
    String power = Integer.toString(Math.abs(exponent));
    return (value < 0 ? "-" : "")
        + unscaled.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" + power : power);
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return "";
  }

  private static BigDecimal digits(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros();
  }

  private static String signed(double value, String text) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0 ? "-" + text : text;
  }

  /// A number of the language: whole numbers may be hexadecimal or octal, underscores part digits.
  static double literal(String text) {
    String bare = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (bare.matches("0x[0-9a-f]+")) {
      return new BigInteger(bare.substring(2), 16).doubleValue();
    }
    if (bare.matches("0[0-7]+")) {
      return new BigInteger(bare, 8).doubleValue();
    }
    double value = parse(bare).orElseThrow(() -> unreadable(text, "invalid syntax"));
    if (Double.isInfinite(value) && !bare.endsWith("inf")) {
      throw unreadable(text, "value out of range");
    }
    return value;
  }

  private static BadInput unreadable(String text, String why) {
    return new BadInput(
        "error parsing number: strconv.ParseFloat: parsing " + Quoting.quote(text) + ": " + why);
  }

  /// A decimal number as it stands in a label or a parameter: also `Inf` and `NaN`, in any case.
  public static Optional<Double> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
    double sign = lower.startsWith("-") ? -1 : 1;
    return switch (unsigned) {
      case "inf", "infinity" -> Optional.of(sign * Double.POSITIVE_INFINITY);
      case "nan" -> Optional.of(Double.NaN);
      default -> finite(unsigned).map(value -> sign * value);
    };
  }

  private static Optional<Double> finite(String text) {
    return FINITE.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }
}
