package hinomi.alertengine.rule.kind;

import java.util.List;
import java.util.Map;

/// A condition on log lines: a metric query in LogQL, with its comparison.
record LogLines(String query) implements Kind {
  @Override
  public Generated generate(String ruleId) {
    return new Generated(
        List.of(),
        List.of(
            new Generated.Raised(query, Language.LOGQL, Map.of(), "log: a query in LogQL", true)));
  }
}
