package hinomi.alertengine.rule.kind;

import hinomi.alertengine.Expressions;
import hinomi.model.BadInput;
import hinomi.settings.Durations;
import java.time.Duration;

/// An expression that a kind looks at, in the past, too: a selector takes a range and an offset as
/// it is, anything else in a subquery.
///
/// @param selector whether a range may stand behind it
record Operand(String text, boolean selector) {
  private static final Duration FINEST = Duration.ofSeconds(15);
  private static final int POINTS = 60;

  static Operand of(String written, Expressions expressions) {
    String text = written.strip();
    try {
      expressions.check("last_over_time(" + text + "[1m])");
      return new Operand(text, true);
    } catch (BadInput e) {
      return new Operand("(" + text + (text.contains("#") ? "\n)" : ")"), false);
    }
  }

  /// `function(text[range] offset ago)`.
  String over(String function, Duration range, Duration ago) {
    return function + "(" + range(range) + offset(ago) + ")";
  }

  /// The range alone.
  String range(Duration range) {
    return text + "[" + Durations.print(range) + (selector ? "" : ":" + step(range)) + "]";
  }

  /// What it was.
  String at(Duration ago) {
    return selector ? text + offset(ago) : over("last_over_time", Duration.ofMinutes(1), ago);
  }

  private static String offset(Duration ago) {
    return ago.isZero() ? "" : " offset " + Durations.print(ago);
  }

  private static String step(Duration range) {
    Duration step = Duration.ofSeconds(range.toSeconds() / POINTS);
    return Durations.print(step.compareTo(FINEST) < 0 ? FINEST : step);
  }
}
