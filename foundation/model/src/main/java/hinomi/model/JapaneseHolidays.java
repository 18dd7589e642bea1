package hinomi.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/// Japan's national holidays (国民の祝日に関する法律, act 178 of 1948, as in force since 2022): the days that
/// article 2 names; article 3 (2), the next day that is none in place of one on a Sunday; article 3
/// (3), a day between two of them. The equinoxes, which are announced a year ahead by the National
/// Astronomical Observatory, are computed by the usual linear formula, which is theirs for 1980 to
/// 2099.
final class JapaneseHolidays {
  private static final int EPOCH = 1980;
  private static final double VERNAL = 20.8431;
  private static final double AUTUMNAL = 23.2488;
  private static final double DAYS_A_YEAR = 0.242194; // beyond 365

  private JapaneseHolidays() {}

  static boolean isHoliday(LocalDate date) {
    return isNamed(date) || isSubstitute(date) || isBetween(date);
  }

  private static boolean isNamed(LocalDate date) {
    int day = date.getDayOfMonth();
    return switch (date.getMonth()) {
      case JANUARY -> day == 1 || isMonday(date, 2);
      case FEBRUARY -> day == 11 || day == 23;
      case MARCH -> day == equinox(date.getYear(), VERNAL);
      case APRIL -> day == 29;
      case MAY -> day >= 3 && day <= 5;
      case JULY -> isMonday(date, 3);
      case AUGUST -> day == 11;
      case SEPTEMBER -> isMonday(date, 3) || day == equinox(date.getYear(), AUTUMNAL);
      case OCTOBER -> isMonday(date, 2);
      case NOVEMBER -> day == 3 || day == 23;
      case JUNE, DECEMBER -> false;
    };
  }

  private static boolean isMonday(LocalDate date, int ordinal) {
    return date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, DayOfWeek.MONDAY)));
  }

  private static int equinox(int year, double base) {
    int years = year - EPOCH;
    return (int) (base + DAYS_A_YEAR * years) - Math.floorDiv(years, 4);
  }

  private static boolean isSubstitute(LocalDate date) {
    LocalDate before = date.minusDays(1);
    while (isNamed(before)) {
      if (before.getDayOfWeek() == DayOfWeek.SUNDAY) {
        return true;
      }
      before = before.minusDays(1);
    }
    return false;
  }

  private static boolean isBetween(LocalDate date) {
    return isNamed(date.minusDays(1)) && isNamed(date.plusDays(1));
  }
}
