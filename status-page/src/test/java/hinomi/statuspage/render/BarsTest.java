package hinomi.statuspage.render;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.pages.Speech;
import hinomi.pages.Words;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private final Phrases phrases =
      new Phrases(new Speech(Words.of(Phrases.class, Language.EN), ZoneId.of("Asia/Tokyo")));

  private String bar(Tally... tallies) {
    List<Day> days = new ArrayList<>();
    for (Tally tally : tallies) {
      days.add(new Day(LocalDate.of(2026, 1, 1).plusDays(days.size()), tally));
    }
    return Bars.svg(
        new ComponentStatus(
            "x",
            "",
            Text.same("<X>"),
            Text.same(""),
            Condition.UP,
            Instant.EPOCH,
            days,
            days.stream().map(Day::tally).reduce(Tally.NONE, Tally::plus),
            List.of()),
        phrases);
  }

  private static Tally tally(long upSeconds, long downSeconds) {
    Duration up = Duration.ofSeconds(upSeconds);
    Duration down = Duration.ofSeconds(downSeconds);
    return new Tally(up, down, DAY.minus(up).minus(down));
  }

  private static long count(String text, String part) {
    return text.split(part, -1).length - 1L;
  }

  @Test
  void oneSecondOfDowntimeIsSeenAndSaid() {
    String bar = bar(tally(86_399, 1));
    assertThat(bar).contains("class=\"d\"", "1 Jan: 99.99% uptime, 1 s down");
    assertThat(bar).as("with a mark below the lane").contains(" 37h7v3");
  }

  @Test
  void whatWasNotMeasuredIsNeitherUpNorDown() {
    assertThat(bar(tally(0, 0)))
        .contains("not measured")
        .doesNotContain("class=\"u\"", "class=\"d\"");
    assertThat(bar(tally(40_000, 0))).contains("100% uptime, 12 h 53 min not measured");
  }

  @Test
  void daysBeforeTheFirstAreNotMeasured() {
    assertThat(count(bar(tally(86_400, 0)), "class=\"n\"")).isEqualTo(89);
  }

  @Test
  void everyBarIsWellFormedHasNinetyDaysAndHidesNoDowntime() {
    Seeds.forAll(
        300,
        random -> {
          Tally[] tallies = new Tally[90];
          long withDown = 0;
          for (int i = 0; i < 90; i++) {
            long down = random.nextInt(3) == 0 ? random.nextInt(43_200) : 0;
            tallies[i] = tally(random.nextInt(43_201), down);
            withDown += down > 0 ? 1 : 0;
          }
          String bar = bar(tallies);
          assertThat(count(bar, "<g>")).isEqualTo(90);
          assertThat(count(bar, "class=\"d\"")).isEqualTo(withDown);
          assertThat(bar).doesNotContain("<X>").doesNotContainPattern("v-?[0-9]*-[0-9]");
        });
  }

  @Test
  void aPercentageIsNeverRoundedUp() {
    Seeds.forAll(
        2_000,
        random -> {
          long whole = 1L + random.nextInt(1_000_000_000);
          long part = random.nextInt(4) == 0 ? whole - 1 : random.nextLong(whole + 1);
          String said = phrases.percent(Duration.ofMillis(part), Duration.ofMillis(whole));
          assertThat(said.equals("100%")).isEqualTo(part == whole);
          assertThat(said.equals("0%")).isEqualTo(part == 0);
          if (!said.startsWith("<")) {
            double value = Double.parseDouble(said.replace("%", ""));
            assertThat(value).isLessThanOrEqualTo(100.0 * part / whole + 1e-9);
          }
        });
  }
}
