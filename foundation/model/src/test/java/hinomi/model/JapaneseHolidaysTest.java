package hinomi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JapaneseHolidaysTest {
  private static List<String> of(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(JapaneseHolidays::isHoliday)
        .map(date -> date.toString().substring(5))
        .toList();
  }

  @Test
  void the_holidays_of_2026_have_a_substitute_in_may_and_a_day_between_in_september() {
    assertThat(String.join(" ", of(2026)))
        .isEqualTo(
            "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11"
                + " 09-21 09-22 09-23 10-12 11-03 11-23");
  }

  @Test
  void the_holidays_of_2027_have_a_substitute_for_the_equinox_on_a_sunday() {
    assertThat(String.join(" ", of(2027)))
        .isEqualTo(
            "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11"
                + " 09-20 09-23 10-11 11-03 11-23");
  }

  @Test
  void the_holidays_of_other_years_follow_from_the_same_law() {
    assertThat(String.join(" ", of(2024)))
        .isEqualTo(
            "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12"
                + " 09-16 09-22 09-23 10-14 11-03 11-04 11-23");
    assertThat(String.join(" ", of(2028)))
        .isEqualTo(
            "01-01 01-10 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-17 08-11"
                + " 09-18 09-22 10-09 11-03 11-23");
  }
}
