package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A group as its last evaluation left it.
///
/// @param interval in force
public record GroupView(
    RuleGroup group, Duration interval, List<RuleView> rules, Instant at, Duration took) {
  public GroupView {
    rules = List.copyOf(rules);
  }
}
