package hinomi.alertengine.calendar;

import java.time.LocalDate;

/// A country's holidays, as its law makes them.
enum HolidayLaw {
  /// The days of Japan's law on national holidays, from 2022 on.
  JAPAN {
    @Override
    boolean isHoliday(LocalDate date) {
      return JapaneseHolidays.isHoliday(date);
    }
  };

  abstract boolean isHoliday(LocalDate date);
}
