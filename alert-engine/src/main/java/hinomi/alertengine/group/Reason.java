package hinomi.alertengine.group;

import java.util.Locale;

/// Why somebody is told; it goes with the notification to metrics, logs and texts.
public enum Reason {
  FIRST_ALERT,
  NEW_ALERTS,
  /// What people know to fire comes and goes.
  FLAPPING,
  /// What came and went has been calm, and fires.
  STEADY,
  /// Nobody acknowledged in time.
  ESCALATED,
  /// Still firing after the repeat interval.
  REMINDER,
  PARTLY_RESOLVED,
  RESOLVED,
  /// A summary of more than a target is told one by one.
  STORM,
  /// The last one.
  STORM_OVER,
  /// A word of the engine about itself, such as a silence that ends: nothing fires.
  NOTE;

  /// Whether it is a summary of many groups, instead of a word about one.
  public boolean isSummary() {
    return this == STORM || this == STORM_OVER;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
