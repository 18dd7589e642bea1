package hinomi.console.chart;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers for people.
public final class Figures {
  private static final MathContext SIX = new MathContext(6);
  private static final MathContext FOUR = new MathContext(4);
  private static final String[] LARGE = {"", "k", "M", "G", "T", "P"};

  private Figures() {}

  /// To six significant digits, as it would be typed: `0.973`, `15234.5`, `1.2e-7`.
  public static String plain(double value) {
    return text(value, SIX);
  }

  /// Short, for axes and glances: `250`, `1.5k`, `20M`.
  public static String shortly(double value) {
    double size = Math.abs(value);
    int thousands = 0;
    while (size >= 1000 && thousands < LARGE.length - 1) {
      size /= 1000;
      thousands++;
    }
    return text(value / Math.pow(1000, thousands), FOUR) + LARGE[thousands];
  }

  private static String text(double value, MathContext digits) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e15 || size < 1e-5
        ? rounded.toString().replace("E+", "e").replace("E", "e")
        : rounded.toPlainString();
  }
}
