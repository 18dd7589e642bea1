package hinomi.promql.evaluate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// Functions of single values: rounding, roots, logarithms, trigonometry, clamping. Those that Java
/// lacks follow Go's `math`.
final class MathFunctions {
  private MathFunctions() {}

  static Map<String, Functions.OfPoint> all() {
    Map<String, DoubleUnaryOperator> plain = new HashMap<>();
    plain.put("abs", Math::abs);
    plain.put("ceil", Math::ceil);
    plain.put("floor", Math::floor);
    plain.put("exp", Math::exp);
    plain.put("sqrt", Math::sqrt);
    plain.put("ln", Math::log);
    plain.put("log2", MathFunctions::log2);
    plain.put("log10", Math::log10);
    plain.put("sgn", Math::signum);
    plain.put("sin", Math::sin);
    plain.put("cos", Math::cos);
    plain.put("tan", Math::tan);
    plain.put("asin", Math::asin);
    plain.put("acos", Math::acos);
    plain.put("atan", Math::atan);
    plain.put("sinh", Math::sinh);
    plain.put("cosh", Math::cosh);
    plain.put("tanh", Math::tanh);
    plain.put("asinh", MathFunctions::asinh);
    plain.put("acosh", MathFunctions::acosh);
    plain.put("atanh", MathFunctions::atanh);
    plain.put("rad", value -> value * Math.PI / 180);
    plain.put("deg", value -> value * 180 / Math.PI);
    Map<String, Functions.OfPoint> all = new HashMap<>();
    plain.forEach((name, f) -> all.put(name, (value, _) -> f.applyAsDouble(value)));
    all.put("clamp", (value, limits) -> clamp(value, limits[0], limits[1]));
    all.put("clamp_min", (value, limits) -> clamp(value, limits[0], Double.POSITIVE_INFINITY));
    all.put("clamp_max", (value, limits) -> clamp(value, Double.NEGATIVE_INFINITY, limits[0]));
    all.put("round", (value, to) -> round(value, to.length == 0 ? 1 : to[0]));
    return all;
  }

  private static double clamp(double value, double least, double most) {
    return most < least ? Row.ABSENT : Math.max(least, Math.min(most, value));
  }

  /// Ties go up. By the inverse, for 0.1 is no double but 10 is.
  private static double round(double value, double to) {
    double inverse = 1 / to;
    return Math.floor(value * inverse + 0.5) / inverse;
  }

  /// Exact for powers of two.
  private static double log2(double value) {
    if (!(value > 0) || Double.isInfinite(value) || value < Double.MIN_NORMAL) {
      return Math.log(value) / Math.log(2);
    }
    int exponent = Math.getExponent(value);
    double fraction = Math.scalb(value, -exponent);
    return exponent + Math.log(fraction) / Math.log(2);
  }

  private static double asinh(double value) {
    double size = Math.abs(value);
    double result =
        size > 1 << 28
            ? Math.log(size) + Math.log(2)
            : size > 2
                ? Math.log(2 * size + 1 / (Math.sqrt(size * size + 1) + size))
                : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    return Double.isInfinite(value) ? value : Math.copySign(result, value);
  }

  private static double acosh(double value) {
    if (value > 1 << 28) {
      return Math.log(value) + Math.log(2);
    }
    return value > 2
        ? Math.log(2 * value - 1 / (value + Math.sqrt(value * value - 1)))
        : Math.log1p((value - 1) + Math.sqrt(2 * (value - 1) + (value - 1) * (value - 1)));
  }

  private static double atanh(double value) {
    return 0.5 * Math.log1p(2 * value / (1 - value));
  }
}
