package hinomi.alertengine.backtest;

import hinomi.alertengine.group.Reason;
import java.util.List;

/// What a change of rules would have changed.
///
/// @param alerts those that fired, by name
/// @param gained messages that only the rules after would have sent
/// @param lost messages that only the rules before would have sent
public record Report(
    Plan plan, Side before, Side after, List<ByAlert> alerts, List<Told> gained, List<Told> lost) {
  public Report {
    alerts = List.copyOf(alerts);
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  /// One of the two.
  ///
  /// @param score against what is known to have been wrong
  public record Side(Course course, Hours hours, Score score, List<Wavering> flapping) {
    public Side {
      flapping = List.copyOf(flapping);
    }

    /// How many times a person or a channel would have been paged; word that it is over not
    /// counted.
    public long pages() {
      return course.told().stream().filter(Told::page).filter(Told::isAlarm).count();
    }

    public long notices() {
      return course.told().stream().filter(told -> !told.page()).filter(Told::isAlarm).count();
    }

    /// Of the pages, those that say again what was said already.
    public long reminders() {
      return course.told().stream()
          .filter(told -> told.page() && told.reason() == Reason.REMINDER)
          .count();
    }

    public long escalations() {
      return course.told().stream().filter(told -> told.reason() == Reason.ESCALATED).count();
    }

    static Side of(Plan plan, Course course) {
      return new Side(
          course,
          Hours.of(course.told(), plan.zone()),
          Score.of(course.fires(), plan.incidents()),
          Wavering.in(course.fires()));
    }
  }

  static Report of(Plan plan, Course before, Course after) {
    Difference difference = Difference.of(before.told(), after.told());
    return new Report(
        plan,
        Side.of(plan, before),
        Side.of(plan, after),
        ByAlert.of(before, after),
        difference.gained(),
        difference.lost());
  }
}
