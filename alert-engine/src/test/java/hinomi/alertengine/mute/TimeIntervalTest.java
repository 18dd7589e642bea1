package hinomi.alertengine.mute;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeIntervalTest {
  private static TimeInterval read(String yaml) {
    Mistakes mistakes = new Mistakes();
    Section section = Yaml.parse("interval", yaml, mistakes);
    TimeInterval interval = TimeIntervalReader.read(section);
    section.end();
    mistakes.throwIfAny();
    return interval;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 2026-11-21T00:00:00Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]} | 2026-11-21T08:59:59Z | false",
        "{times: [{start_time: '09:00', end_time: '17:00'}]} | 2026-11-21T09:00:00Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]} | 2026-11-21T16:59:59Z | true",
        "{times: [{start_time: '09:00', end_time: '17:00'}]} | 2026-11-21T17:00:00Z | false",
        "{times: [{start_time: '23:00', end_time: '24:00'}]} | 2026-11-21T23:59:59Z | true",
        "{weekdays: ['monday:friday']} | 2026-11-20T12:00:00Z | true",
        "{weekdays: ['monday:friday']} | 2026-11-21T12:00:00Z | false",
        "{weekdays: ['Saturday', sunday]} | 2026-11-22T12:00:00Z | true",
        "{days_of_month: ['-1']} | 2026-11-30T12:00:00Z | true",
        "{days_of_month: ['-1']} | 2026-11-29T12:00:00Z | false",
        "{days_of_month: ['1:-1']} | 2028-02-29T12:00:00Z | true",
        "{days_of_month: ['31']} | 2026-11-30T12:00:00Z | false",
        "{days_of_month: ['-3:-1']} | 2026-02-26T00:00:00Z | true",
        "{months: ['november:december', '1']} | 2026-11-21T12:00:00Z | true",
        "{months: ['2:3']} | 2026-11-21T12:00:00Z | false",
        "{years: ['2020:2025', '2026']} | 2026-11-21T12:00:00Z | true",
        "{years: ['2020:2025']} | 2026-01-01T00:00:00Z | false",
        "{location: Asia/Tokyo, weekdays: [sunday]} | 2026-11-21T15:00:00Z | true",
        "{location: Asia/Tokyo, weekdays: [sunday]} | 2026-11-21T14:59:59Z | false",
      })
  void an_interval_holds_when_all_its_fields_do(String yaml, Instant at, boolean expected) {
    assertThat(read(yaml).contains(at)).isEqualTo(expected);
  }

  @Test
  void every_mistake_is_told() {
    Mistakes mistakes = new Mistakes();
    Section section =
        Yaml.parse(
            "interval",
            """
            times: [{start_time: '17:00', end_time: '09:00'}, {start_time: '9:00', end_time: '25:00'}]
            weekdays: [moonday]
            days_of_month: ['0', '-1:5', '5:3']
            months: [smarch, '13']
            location: Tokyo/Asia
            """,
            mistakes);
    TimeInterval _ = TimeIntervalReader.read(section);
    section.end();
    assertThat(mistakes.all()).hasSize(10);
  }
}
