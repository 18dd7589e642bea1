package hinomi.model;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A country's holidays, as its law makes them. Any thread.
public enum HolidayLaw {
  /// The days of Japan's law on national holidays, from 2022 on.
  JAPAN {
    @Override
    public boolean isHoliday(LocalDate date) {
      return JapaneseHolidays.isHoliday(date);
    }
  };

  public abstract boolean isHoliday(LocalDate date);

  /// As it is written in files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The words of all that are known.
  public static List<String> words() {
    return Arrays.stream(values()).map(HolidayLaw::word).toList();
  }

  public static Optional<HolidayLaw> of(String word) {
    return Arrays.stream(values()).filter(law -> law.word().equals(word)).findFirst();
  }
}
