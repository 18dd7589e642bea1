package hinomi.oncall.rotation;

import java.util.List;

/// When turns begin, and whose they are. Any thread.
public sealed interface Rotation permits Every, Recurring {
  /// The turns that have a part in a span, whole, in order, none overlapping another.
  ///
  /// @param people who take turns; not empty
  List<Turn> turns(WallClock clock, List<String> people, Span span);

  /// Of `people`, whose turn the n-th is.
  static String whose(List<String> people, long n) {
    return people.get((int) Math.floorMod(n, (long) people.size()));
  }
}
