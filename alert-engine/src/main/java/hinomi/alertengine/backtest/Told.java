package hinomi.alertengine.backtest;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;

/// A message that would have left.
///
/// @param target `person:ID`, `channel:ID` or `webhook`
/// @param page whether it wakes people
/// @param group key of what it speaks about; `storm` of a summary
/// @param alerts that it tells of as firing
public record Told(
    Instant at, String target, Reason reason, boolean page, String group, List<Labels> alerts) {
  public Told {
    alerts = List.copyOf(alerts);
  }

  /// Of a message that left, or would have.
  public static Told of(Delivery delivery) {
    PageGroup group = delivery.notification().group();
    return new Told(
        delivery.createdAt(),
        delivery.target(),
        delivery.notification().reason(),
        group.route().page(),
        group.isSummary() ? PageGroup.SUMMARY : group.route().key(),
        group.members().values().stream().filter(Member::isFiring).map(Member::labels).toList());
  }

  /// Whether it tells of something wrong, not of its end.
  boolean isAlarm() {
    return switch (reason) {
      case FIRST_ALERT, NEW_ALERTS, FLAPPING, ESCALATED, REMINDER, STORM -> true;
      case PARTLY_RESOLVED, STEADY, RESOLVED, STORM_OVER, NOTE -> false;
    };
  }

  /// Whether a person's telephone rings.
  boolean wakes() {
    return page && target.startsWith("person:") && isAlarm();
  }
}
