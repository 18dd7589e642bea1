package hinomi.oncall.rotation;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// The clock on the wall of a zone. Every local time has exactly one instant: one that a clock
/// change leaves out is the instant of the change, of one that comes twice the first is meant.
/// Later local times therefore never have earlier instants. Any thread.
public final class WallClock {
  private final ZoneId zone;
  private final ZoneRules rules;

  public WallClock(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  public ZoneId zone() {
    return zone;
  }

  public Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }

  /// What the clock shows.
  public LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  /// From one local time to another.
  public Span span(LocalDateTime from, LocalDateTime to) {
    return new Span(instant(from), instant(to));
  }
}
