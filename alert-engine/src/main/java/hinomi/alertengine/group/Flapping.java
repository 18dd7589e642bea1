package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;

/// That an alert comes and goes.
///
/// @param changes that were counted
/// @param since the first of them
/// @param until the last of them
public record Flapping(int changes, Instant since, Instant until) {
  /// It does not.
  public static final Flapping NONE = new Flapping(0, NEVER, NEVER);

  public boolean isGiven() {
    return changes > 0;
  }
}
