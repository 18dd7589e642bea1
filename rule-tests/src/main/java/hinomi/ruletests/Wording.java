package hinomi.ruletests;

import hinomi.model.Labels;
import hinomi.promql.notation.HistogramNotation;
import hinomi.promql.notation.Point;
import hinomi.promql.parse.Quoting;
import hinomi.settings.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What failed, in promtool's words.
final class Wording {
  private static final String INDENT = "            ";

  private Wording() {}

  static String alerts(
      TestFile.Group group, TestFile.AlertCase test, List<TestFile.FiringAlert> got) {
    List<TestFile.FiringAlert> expected =
        test.expected().stream().sorted(TestFile.FiringAlert.ORDER).toList();
    return "%s    alertname: %s, time: %s, \n        exp:%s, \n        got:%s"
        .formatted(
            group.name().isEmpty() ? "" : "    name: " + group.name() + ",\n",
            test.alertname(),
            Durations.print(test.at()),
            alerts(expected),
            alerts(got));
  }

  private static String alerts(List<TestFile.FiringAlert> alerts) {
    if (alerts.isEmpty()) {
      return "[]";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < alerts.size(); i++) {
      TestFile.FiringAlert alert = alerts.get(i);
      text.append(i == 0 ? "\n" : ",\n").append(INDENT).append(i).append(':');
      text.append('\n').append(INDENT).append("  Labels:").append(pairs(alert.labels()));
      text.append('\n').append(INDENT).append("  Annotations:").append(pairs(alert.annotations()));
    }
    return text.append('\n').append(INDENT).append(']').toString();
  }

  static String query(TestFile.QueryCase test, List<Answered> expected, List<Answered> got) {
    return "    expr: %s, time: %s,\n        exp: %s\n        got: %s"
        .formatted(
            Quoting.quote(test.expression()),
            Durations.print(test.at()),
            samples(expected),
            samples(got));
  }

  static String queryFailed(TestFile.QueryCase test, String reason) {
    return "    expr: %s, time: %s, err: %s"
        .formatted(Quoting.quote(test.expression()), Durations.print(test.at()), reason);
  }

  static String ruleFailed(String name, Duration at, String reason) {
    return "    rule: %s, time: %s, err: %s".formatted(name, clock(at), reason);
  }

  static String samples(List<Answered> samples) {
    return samples.isEmpty()
        ? "nil"
        : samples.stream()
            .map(sample -> labels(sample.labels()) + " " + value(sample.value()))
            .collect(Collectors.joining(", "));
  }

  private static String value(Point point) {
    return switch (point) {
      case Point.Plain number -> number(number.value());
      case Point.Native histogram -> HistogramNotation.print(histogram.histogram());
    };
  }

  static String labels(Labels labels) {
    return pairs(labels.toMap());
  }

  private static String pairs(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> name(pair.getKey()) + "=" + Quoting.quote(pair.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String name(String name) {
    return Quoting.isPlainLabel(name) ? name : Quoting.quote(name);
  }

  /// Go's format 'E', shortest.
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    BigDecimal size = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = size.unscaledValue().toString();
    int exponent = value == 0 ? 0 : digits.length() - 1 - size.scale();
    return (negative ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "E-" : "E+")
        + "%02d".formatted(Math.abs(exponent));
  }

  /// As Go prints a duration: `1h0m0s`.
  private static String clock(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis < 1000) {
      return millis + "ms";
    }
    String seconds =
        BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
    long minutes = millis / 60_000;
    return minutes == 0
        ? seconds
        : minutes < 60
            ? minutes + "m" + seconds
            : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }
}
