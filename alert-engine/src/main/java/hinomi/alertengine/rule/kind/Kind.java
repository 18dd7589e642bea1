package hinomi.alertengine.rule.kind;

/// A condition in the words of its kind.
public sealed interface Kind permits Objective, Forecast, Anomaly, Inventory, Composite, LogLines {
  /// The same words give the same texts, always.
  ///
  /// @param ruleId tells apart what rules of the same kind record
  Generated generate(String ruleId);
}
