package hinomi.alertengine.backtest;

import hinomi.alertengine.oncall.OnCall;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;

/// What came of one replay.
///
/// @param log its transition log
/// @param fires every time that an alert fired, in order of their beginnings
/// @param told every message that would have left, in order
/// @param looks evaluations of groups; those that were known to change nothing are not counted
public record Course(
    List<String> log, List<Fire> fires, List<Told> told, OnCall onCall, long looks) {
  public Course {
    log = List.copyOf(log);
    fires = List.copyOf(fires);
    told = List.copyOf(told);
  }

  /// One time that an alert fired.
  ///
  /// @param to when it was resolved, or the end of the replay
  public record Fire(String name, Labels labels, Instant from, Instant to) {}
}
