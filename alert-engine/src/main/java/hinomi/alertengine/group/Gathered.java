package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;
import java.util.List;

/// What a summary of a storm says of all that went into it.
///
/// @param since when the storm began
/// @param messages that it stands for
/// @param firing alerts that fire still
/// @param groups that they are in
/// @param resolved alerts that are over by now
/// @param causes the most urgent and largest first
/// @param moreCauses that are not listed
public record Gathered(
    Instant since,
    int messages,
    int firing,
    int groups,
    int resolved,
    List<Cause> causes,
    int moreCauses) {
  /// No summary.
  public static final Gathered NOTHING = new Gathered(NEVER, 0, 0, 0, 0, List.of(), 0);

  /// Alerts of one name.
  public record Cause(String name, int firing, int groups, int resolved) {}

  public Gathered {
    causes = List.copyOf(causes);
  }

  public boolean isGiven() {
    return !since.equals(NEVER);
  }
}
