package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a run of the engine leaves to the next in the same process, beside the records: how rules
/// and groups stood, so that they are shown without a gap, and which series they had stored, so
/// that these end where nobody goes on with them (Prometheus, rules/manager.go).
///
/// @param rules by id
/// @param groups by key
public record Inheritance(Map<String, Left> rules, Map<String, GroupView> groups) {
  /// Of who starts alone.
  public static final Inheritance NONE = new Inheritance(Map.of(), Map.of());

  public Inheritance {
    rules = Map.copyOf(rules);
    groups = Map.copyOf(groups);
  }

  /// A rule.
  ///
  /// @param series that its last evaluation stored
  record Left(RuleView view, Set<Labels> series) {}

  /// @param loops that are closed
  public static Inheritance of(List<GroupLoop> loops) {
    Map<String, Left> rules = new HashMap<>();
    Map<String, GroupView> groups = new HashMap<>();
    for (GroupLoop loop : loops) {
      groups.put(loop.group().key(), loop.view());
      for (RuleRun run : loop.runs()) {
        rules.put(run.view().rule().id(), new Left(run.view(), run.series()));
      }
    }
    return new Inheritance(rules, groups);
  }

  /// To loops that have not begun; series of rules that are gone end now.
  public void passOn(List<GroupLoop> loops, Surroundings with) {
    Map<String, Left> gone = new HashMap<>(rules);
    for (GroupLoop loop : loops) {
      GroupView group = groups.get(loop.group().key());
      if (group != null) {
        loop.inherit(group);
      }
      for (RuleRun run : loop.runs()) {
        Left left = rules.get(run.view().rule().id());
        if (left != null && isSameKind(left.view().rule(), run.view().rule())) {
          run.inherit(left);
          gone.remove(run.view().rule().id());
        }
      }
    }
    end(gone, with);
  }

  private static boolean isSameKind(Rule before, Rule now) {
    return before.getClass().equals(now.getClass());
  }

  private static void end(Map<String, Left> gone, Surroundings with) {
    Instant now = with.time().now();
    Set<Labels> ended = new HashSet<>();
    gone.values().forEach(left -> ended.addAll(left.series()));
    List<Sample> markers = new ArrayList<>();
    ended.forEach(labels -> markers.add(new Sample(labels, now.toEpochMilli(), Sample.STALE)));
    String _ = with.store(Vector.of(markers));
  }
}
