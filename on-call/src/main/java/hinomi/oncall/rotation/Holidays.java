package hinomi.oncall.rotation;

import hinomi.model.HolidayLaw;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/// The days that a schedule takes as holidays.
///
/// @param laws whose holidays are some
/// @param once single days
/// @param yearly days of every year
public record Holidays(Set<HolidayLaw> laws, Set<LocalDate> once, Set<MonthDay> yearly) {
  public static final Holidays NONE = new Holidays(Set.of(), Set.of(), Set.of());

  public Holidays {
    laws = Set.copyOf(laws);
    once = Set.copyOf(once);
    yearly = Set.copyOf(yearly);
  }

  public boolean contains(LocalDate date) {
    return once.contains(date)
        || yearly.contains(MonthDay.from(date))
        || laws.stream().anyMatch(law -> law.isHoliday(date));
  }
}
