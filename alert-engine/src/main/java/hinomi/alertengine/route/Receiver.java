package hinomi.alertengine.route;

import hinomi.alertengine.oncall.Ladder;
import hinomi.alertengine.oncall.OnCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Who is told about the alerts of a route.
///
/// @param ladder id; empty for none
/// @param climbs up the ladder until somebody acknowledges; otherwise its first step is told once
/// @param targets told besides, of everything: `mail:ADDRESS`, `hook:RECEIVER/NUMBER`
/// @param firingOnly those of all targets that are not told of ends (`send_resolved: false`)
public record Receiver(
    String name, String ladder, boolean climbs, List<String> targets, Set<String> firingOnly) {
  public Receiver {
    targets = List.copyOf(targets);
    firingOnly = Set.copyOf(firingOnly);
  }

  static Receiver ofLadder(String name, String ladder, boolean climbs) {
    return new Receiver(name, ladder, climbs, List.of(), Set.of());
  }

  /// Whether it tells nobody, as receivers do that only swallow alerts.
  public boolean isNobody() {
    return ladder.isEmpty() && targets.isEmpty();
  }

  /// Its ladder with its other targets on the first step. A receiver without a ladder has one of a
  /// single step.
  public Ladder ladder(OnCall onCall) {
    if (ladder.isEmpty()) {
      return new Ladder("", List.of(new Ladder.Step(targets, Duration.ZERO)), 0);
    }
    Ladder own = onCall.ladder(ladder);
    if (targets.isEmpty()) {
      return own;
    }
    List<Ladder.Step> steps = new ArrayList<>(own.steps());
    List<String> first = new ArrayList<>(steps.getFirst().targets());
    first.addAll(targets);
    steps.set(0, new Ladder.Step(first, steps.getFirst().delay()));
    return new Ladder(own.id(), steps, own.repeat());
  }
}
