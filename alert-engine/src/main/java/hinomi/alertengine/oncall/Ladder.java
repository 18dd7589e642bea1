package hinomi.alertengine.oncall;

import java.time.Duration;
import java.util.List;

/// Whom to tell next as long as nobody acknowledges.
///
/// @param steps at least one
/// @param repeat how often it begins again after the last step
public record Ladder(String id, List<Step> steps, int repeat) {
  /// One rung.
  ///
  /// @param targets who is told: `person:ID` or `channel:ID`
  /// @param delay until the next step
  public record Step(List<String> targets, Duration delay) {
    public Step {
      targets = List.copyOf(targets);
    }
  }

  public Ladder {
    steps = List.copyOf(steps);
  }

  /// How many steps it has with its repetitions.
  public int length() {
    return steps.size() * (repeat + 1);
  }

  /// @param n from 0 to [#length] − 1
  public Step step(int n) {
    return steps.get(n % steps.size());
  }
}
