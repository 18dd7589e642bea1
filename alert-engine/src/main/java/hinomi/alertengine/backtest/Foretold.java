package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import java.time.Duration;
import java.util.Map;

/// A recording that is computed ahead.
///
/// @param slots of its group
/// @param offset by which its samples lie behind their slots
/// @param limit of elements, 0 for none
record Foretold(
    String metric,
    String expression,
    Map<String, String> labels,
    Slots slots,
    Duration offset,
    int limit) {
  static Foretold of(Slotted slotted) {
    Rule rule = slotted.rule();
    Map<String, String> labels =
        switch (rule) {
          case Rule.Recording recording -> recording.labels();
          case Rule.Alerting _ -> throw new IllegalStateException("BUG: an alert records nothing");
        };
    RuleGroup group = slotted.group();
    return new Foretold(
        rule.name(),
        rule.expression(),
        labels,
        slotted.slots(),
        group.queryOffset(),
        group.limit());
  }

  /// Whether no series can be of both: some label is another one.
  boolean isApartFrom(Foretold other) {
    return labels.entrySet().stream()
        .anyMatch(label ->
            !label.getValue().equals(other.labels.getOrDefault(label.getKey(), label.getValue())));
  }

  /// The times that its expression is asked for.
  Slots asked() {
    return slots.earlier(offset);
  }
}
