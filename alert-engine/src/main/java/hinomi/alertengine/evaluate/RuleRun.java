package hinomi.alertengine.evaluate;

/// A rule with what is known between its evaluations. Evaluated by one thread at a time; its view
/// may be read by any.
sealed interface RuleRun permits AlertingRun, RecordingRun {
  void evaluate(Moment moment);

  RuleView view();

  /// Takes note that the engine's own code failed.
  void failed(Moment moment, String error);
}
