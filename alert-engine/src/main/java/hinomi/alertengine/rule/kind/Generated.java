package hinomi.alertengine.rule.kind;

import java.util.List;
import java.util.Map;

/// What a kind comes to.
///
/// @param recordings evaluated first, in order
/// @param alerts the conditions, each with an alert of the rule's name
public record Generated(List<Recorded> recordings, List<Raised> alerts) {
  /// How a rule looks whose kind has mistakes, so that reading goes on.
  public static final Generated NOTHING = of("vector(1)", "");

  public Generated {
    recordings = List.copyOf(recordings);
    alerts = List.copyOf(alerts);
  }

  /// One condition in PromQL.
  static Generated of(String expression, String origin) {
    return new Generated(
        List.of(), List.of(new Raised(expression, Language.PROMQL, Map.of(), origin, false)));
  }

  /// A recording rule.
  public record Recorded(String name, String expression, Map<String, String> labels) {
    public Recorded {
      labels = Map.copyOf(labels);
    }
  }

  /// @param labels put over the rule's own
  /// @param origin in one sentence, what it was generated from
  /// @param emptyIsFine whether finding none of what it looks for says that all is well
  public record Raised(
      String expression,
      Language language,
      Map<String, String> labels,
      String origin,
      boolean emptyIsFine) {
    public Raised {
      labels = Map.copyOf(labels);
    }
  }
}
