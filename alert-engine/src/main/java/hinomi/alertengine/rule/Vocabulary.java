package hinomi.alertengine.rule;

import hinomi.alertengine.Expressions;
import hinomi.alertengine.calendar.TradingCalendars;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// What rules may say: the rest of the configuration, as far as they refer to it.
///
/// @param ids by the label that names one of them, such as `component`; a label that is not here
///   may have any value
/// @param calendars that rules may be bound to
public record Vocabulary(
    Expressions expressions, Map<String, Set<String>> ids, TradingCalendars calendars) {
  public Vocabulary {
    ids = Map.copyOf(ids);
  }

  /// Without calendars.
  public Vocabulary(Expressions expressions, Map<String, Set<String>> ids) {
    this(expressions, ids, TradingCalendars.NONE);
  }

  public Vocabulary with(TradingCalendars others) {
    return new Vocabulary(expressions, ids, others);
  }

  /// @param components ids that the label `component` may have
  /// @param ladders ids that the label `ladder` may have
  public static Vocabulary of(
      Expressions expressions, Collection<String> components, Collection<String> ladders) {
    return new Vocabulary(
        expressions, Map.of("component", Set.copyOf(components), "ladder", Set.copyOf(ladders)));
  }
}
