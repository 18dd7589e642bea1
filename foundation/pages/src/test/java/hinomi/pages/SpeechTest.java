package hinomi.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Language;
import hinomi.pages.sample.Home;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class SpeechTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant LATE = Instant.parse("2026-11-21T14:59:59Z");

  private final Speech ja = new Speech(Words.of(Home.class, Language.JA), TOKYO);
  private final Speech en = new Speech(Words.of(Home.class, Language.EN), TOKYO);

  @Test
  void theDayIsTheZonesAndIsSaidWhenItIsNotToday() {
    assertThat(en.date(LATE)).isEqualTo(LocalDate.of(2026, 11, 21));
    assertThat(en.date(LATE.plusSeconds(1))).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(en.brief(LATE, LATE)).isEqualTo("23:59");
    assertThat(en.brief(LATE, LATE.plusSeconds(1))).isEqualTo("Sat 21 Nov, 23:59");
    assertThat(ja.brief(LATE, LATE.plusSeconds(1))).isEqualTo("11月21日(土) 23:59");
  }

  @Test
  void aLengthIsItsTwoLargestUnitsCutOff() {
    assertThat(en.duration(Duration.ofMillis(45_999))).isEqualTo("45 s");
    assertThat(en.duration(Duration.ofSeconds(60))).isEqualTo("1 min");
    assertThat(en.duration(Duration.ofSeconds(83 * 60 + 59))).isEqualTo("1 h 23 min");
    assertThat(en.duration(Duration.ofHours(49))).isEqualTo("2 d 1 h");
    assertThat(ja.duration(Duration.ofSeconds(83 * 60 + 59))).isEqualTo("1時間23分");
  }

  @Test
  void aClockThatWentBackMakesNoNegativeLength() {
    assertThat(en.duration(Duration.ofSeconds(-5))).isEqualTo("0 s");
  }
}
