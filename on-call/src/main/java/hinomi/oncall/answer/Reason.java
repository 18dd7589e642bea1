package hinomi.oncall.answer;

/// Why somebody is on duty, or nobody.
public sealed interface Reason {
  /// By a layer of the schedule.
  record Layer(String id) implements Reason {}

  /// Stands in, by a change.
  record StandIn(long change) implements Reason {}

  /// Has swapped, by a change.
  record Swap(long change) implements Reason {}

  /// By a roster that holds for some time.
  record Temporary(long change) implements Reason {}

  /// Because nobody else is.
  record Fallback() implements Reason {}

  /// Nobody is: a gap.
  record Gap() implements Reason {}

  /// As the interface tells it: `layer`, `override`, `swap`, `temporary`, `fallback`, `gap`.
  default String word() {
    return switch (this) {
      case Layer _ -> "layer";
      case StandIn _ -> "override";
      case Swap _ -> "swap";
      case Temporary _ -> "temporary";
      case Fallback _ -> "fallback";
      case Gap _ -> "gap";
    };
  }
}
