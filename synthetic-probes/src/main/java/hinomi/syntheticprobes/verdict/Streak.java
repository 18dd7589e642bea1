package hinomi.syntheticprobes.verdict;

import hinomi.model.Condition;

/// What the runs of a probe have come to so far. One success is up; down takes as many failures in
/// a row as the probe asks for, so that a single lost packet turns no page red.
///
/// @param failures in a row, the last run included
/// @param verdict of the last run
public record Streak(int failures, Condition verdict) {
  /// Before the first run.
  public static final Streak NONE = new Streak(0, Condition.UNKNOWN);

  /// With one more run.
  public Streak next(boolean success, int failuresBeforeDown) {
    if (success) {
      return new Streak(0, Condition.UP);
    }
    int inARow = failures + 1;
    return new Streak(inARow, inARow >= failuresBeforeDown ? Condition.DOWN : verdict);
  }
}
