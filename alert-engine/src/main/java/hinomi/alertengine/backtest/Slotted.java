package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A rule and when it is evaluated.
///
/// @param number of its group
/// @param group with others, in whose order it comes
/// @param place in that order
/// @param slots of the group
record Slotted(int number, RuleGroup group, int place, Slots slots, Rule rule) {
  static List<Slotted> of(Setup setup) {
    List<Slotted> all = new ArrayList<>();
    List<RuleGroup> groups = setup.rules().groups();
    for (int number = 0; number < groups.size(); number++) {
      RuleGroup group = groups.get(number);
      Slots slots = Slots.of(group, setup.config().interval());
      for (int place = 0; place < group.rules().size(); place++) {
        all.add(new Slotted(number, group, place, slots, group.rules().get(place)));
      }
    }
    return all;
  }

  /// Whether of what another rule writes it sees, whenever it looks, all that is stamped up to the
  /// time it looks at. It does not where that rule stamps its samples further back, so that some
  /// are still to be written, nor where that rule comes later in its group or, at the same time in
  /// another one, may do so.
  ///
  /// @param lookback behind its slots
  boolean seesAllOf(Slotted writer, Duration lookback) {
    int later = lookback.compareTo(writer.group().queryOffset());
    if (writer.number() == number) {
      return later >= 0 && writer.place() < place;
    }
    return later > 0 || (later == 0 && !slots.meet(writer.slots()));
  }
}
