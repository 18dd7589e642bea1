package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;

/// Somebody has taken it on.
public record Acknowledgement(String by, String note, Instant at) {
  /// Nobody has.
  public static final Acknowledgement NONE = new Acknowledgement("", "", NEVER);

  public boolean isGiven() {
    return !at.equals(NEVER);
  }
}
