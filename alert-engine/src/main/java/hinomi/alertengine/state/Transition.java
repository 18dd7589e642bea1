package hinomi.alertengine.state;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/// A step of an alert's life as the transition log tells it: one line, the same whether the engine
/// ran live or over stored samples.
///
/// ```
/// 2026-03-02T00:05:00.000Z ⇥ host.yaml/host/HostDown#1 ⇥ {alertname="HostDown"} ⇥ pending ⇥ firing ⇥ 1 ⇥ fired
/// ```
///
/// Values are told to twelve digits: the thirteenth of a sum depends on the order in which a store
/// gives its series, which nobody promises.
///
/// @param rule id of the rule, or [#ENGINE]
/// @param from state before, likewise `to` after
/// @param value of the expression at that time; NaN when it yielded no element
/// @param reason why, in a word or two
public record Transition(
    Instant at, String rule, Labels labels, String from, String to, double value, String reason) {
  /// Stands for a rule where the engine itself starts or stops.
  public static final String ENGINE = "engine";

  private static final MathContext DIGITS = new MathContext(12);
  private static final int FIELDS = 7;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  public boolean isEngine() {
    return rule.equals(ENGINE);
  }

  /// Whether an alert began to fire.
  public boolean isFire() {
    return to.equals("firing") && !from.equals("firing");
  }

  /// Without the line's end.
  public String line() {
    return String.join(
        "\t",
        TIME.format(at),
        escaped(rule),
        escaped(labels.toString()),
        escaped(from),
        escaped(to),
        number(value),
        escaped(reason));
  }

  private static String escaped(String text) {
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == 0
        ? "0"
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /// The engine's own lines, which are all that has to be read again with a meaning.
  public static Transition engine(Instant at, String from, String to, String reason) {
    return new Transition(at, ENGINE, Labels.EMPTY, from, to, Double.NaN, reason);
  }

  /// When and of what a line tells, labels and value left out.
  public static Transition heading(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new BadInput("not a line of the transition log: " + line);
    }
    try {
      return new Transition(
          Instant.parse(fields[0]),
          fields[1],
          Labels.EMPTY,
          fields[3],
          fields[4],
          Double.NaN,
          fields[6]);
    } catch (DateTimeParseException e) {
      throw new BadInput("not a line of the transition log: " + line);
    }
  }
}
