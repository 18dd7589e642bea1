package hinomi.alertengine;

import java.time.Instant;
import java.util.Set;

/// Something happened to a page, for the record of the incident that it belongs to.
///
/// @param fingerprints of the alerts that the page speaks about, as in
///   [hinomi.model.AlertEvent#fingerprint]
/// @param text one line for a person: who, how, with what result
public record PageEvent(Set<String> fingerprints, Instant at, Kind kind, String text) {
  /// What happened.
  public enum Kind {
    /// Somebody was told.
    DELIVERED,
    /// An attempt failed, for good or for now.
    NOT_DELIVERED,
    /// Nobody acknowledged in time: the next step of the ladder was taken.
    ESCALATED,
    /// Somebody has taken it on.
    ACKNOWLEDGED
  }

  public PageEvent {
    fingerprints = Set.copyOf(fingerprints);
  }
}
