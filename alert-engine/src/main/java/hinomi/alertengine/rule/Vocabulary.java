package hinomi.alertengine.rule;

import hinomi.alertengine.Expressions;
import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.model.BadInput;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// What rules may say: the rest of the configuration, as far as they refer to it.
///
/// @param ids by the label that names one of them, such as `component`; a label that is not here
///   may have any value
/// @param calendars that rules may be bound to
/// @param pushed checks that it is known which samples touch an expression
/// @param logs the other language of expressions, LogQL
public record Vocabulary(
    Expressions expressions,
    Map<String, Set<String>> ids,
    TradingCalendars calendars,
    Expressions pushed,
    Expressions logs) {
  public Vocabulary {
    ids = Map.copyOf(ids);
  }

  /// Without calendars and log lines.
  public Vocabulary(Expressions expressions, Map<String, Set<String>> ids) {
    this(expressions, ids, TradingCalendars.NONE, _ -> {}, Vocabulary::noLogs);
  }

  private static void noLogs(String expression) {
    throw new BadInput("there are no logs to look at here", 0);
  }

  public Vocabulary with(TradingCalendars others) {
    return new Vocabulary(expressions, ids, others, pushed, logs);
  }

  public Vocabulary withLogs(Expressions language) {
    return new Vocabulary(expressions, ids, calendars, pushed, language);
  }

  public Vocabulary withPushed(Expressions check) {
    return new Vocabulary(expressions, ids, calendars, check, logs);
  }

  /// @param components ids that the label `component` may have
  /// @param ladders ids that the label `ladder` may have
  public static Vocabulary of(
      Expressions expressions, Collection<String> components, Collection<String> ladders) {
    return new Vocabulary(
        expressions, Map.of("component", Set.copyOf(components), "ladder", Set.copyOf(ladders)));
  }
}
