package hinomi.alertengine.rule.kind;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// Pieces of PromQL.
final class PromQlText {
  private PromQlText() {}

  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String seconds(Duration duration) {
    return number(duration.toMillis() / 1000.0);
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  /// ` by (a, b)`, or nothing for no labels.
  static String by(List<String> labels) {
    return labels.isEmpty() ? "" : " by (" + String.join(", ", labels) + ")";
  }

  /// The same elements with one more label.
  static String labelled(String expression, String label, String value) {
    return "label_replace("
        + expression
        + ", "
        + quoted(label)
        + ", "
        + quoted(value.replace("$", "$$"))
        + ", \"\", \"\")";
  }

  /// All of them by `or`, as a balanced tree: a chain of hundreds nests too deep.
  static String either(List<String> expressions) {
    if (expressions.size() == 1) {
      return expressions.getFirst();
    }
    int half = expressions.size() / 2;
    return "("
        + either(expressions.subList(0, half))
        + "\nor "
        + either(expressions.subList(half, expressions.size()))
        + ")";
  }
}
