package hinomi.promql.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeriesLineTest {
  private static String values(String text) {
    return SeriesLine.values(text).stream()
        .map(value -> value.map(SeriesLineTest::word).orElse("_"))
        .collect(Collectors.joining(" "));
  }

  private static String word(Point point) {
    return switch (point) {
      case Point.Plain plain ->
          Sample.isStale(plain.value())
              ? "stale"
              : "%s".formatted(plain.value()).toLowerCase(Locale.ROOT).replaceFirst("\\.0$", "");
      case Point.Native one -> HistogramNotation.print(one.histogram());
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2.5 -3 | 1 2.5 -3",
        "1x2 | 1 1 1",
        "1+2x3 | 1 3 5 7",
        "1-2x2 | 1 -1 -3",
        "-1+-1x1 | !",
        "_ 1 _x3 2 | _ 1 _ _ _ 2",
        "_x0 1x0 | 1",
        "0 stale | 0 stale",
        "Inf -inf NaN | infinity -infinity nan",
        "1e3x1 1_000 .5 5. | 1000 1000 1000 0.5 5",
        "0x1 | 0 0",
        "1,2 | !",
        "1+2 | !",
        "1 y | !",
        "-stale | !",
        "stalex2 | stale stale stale",
        "1+2x3.5 | !",
        "1x99999999999 | !",
        "1x9000000 1x9000000 | !",
        "{{count:3 sum:2 buckets:[0 1 2 0]}}x1 |"
            + " {{count:3 sum:2 offset:1 buckets:[1 2]}} {{count:3 sum:2 offset:1 buckets:[1 2]}}",
        "{{count:1 buckets:[1]}}+{{count:2 buckets:[2]}}x1 |"
            + " {{count:1 buckets:[1]}} {{count:3 buckets:[3]}}",
        "{{schema:1 sum:-0.3 z_bucket:7 z_bucket_w:0.05 n_buckets:[4.1 5] n_offset:-5}} |"
            + " {{schema:1 sum:-0.3 z_bucket:7 z_bucket_w:0.05 n_offset:-5 n_buckets:[4.1 5]}}",
        "{{schema:-53 sum:1 count:1000000 custom_values:[5 10] buckets:[1 0.00001]}} |"
            + " {{schema:-53 count:1e+06 sum:1 custom_values:[5 10] buckets:[1 1e-05]}}",
        "{{counter_reset_hint:gauge}} | {{counter_reset_hint:gauge}}",
        "{{foo:1}} | !",
        "{{count:1 count:2}} | !",
        "{{buckets:1}} | !",
        "{{schema:1.5}} | !",
        "{{count: 1}} | !",
        "{{count:1 | !",
      })
  void values_are_read_as_prometheus_reads_them(String text, String expected) {
    if (expected.equals("!")) {
      assertThatThrownBy(() -> values(text)).isInstanceOf(BadInput.class);
    } else {
      assertThat(values(text)).isEqualTo(expected);
    }
  }

  @Test
  void a_series_has_labels_and_values() {
    SeriesLine line = SeriesLine.parse("up{job=\"a b}\", x='1'} 1 2");
    assertThat(line.labels()).isEqualTo(Labels.of(Labels.NAME, "up", "job", "a b}", "x", "1"));
    assertThat(line.values()).hasSize(2);
    assertThat(SeriesLine.parse("{__name__=\"a\",b=\"c\",} 1").labels())
        .isEqualTo(Labels.of(Labels.NAME, "a", "b", "c"));
    assertThat(SeriesLine.parse("{\"x.y\"} 1").labels()).isEqualTo(Labels.of(Labels.NAME, "x.y"));
    for (String none : List.of("", "{}", "  ")) {
      assertThat(SeriesLine.labels(none)).isEqualTo(Labels.EMPTY);
    }
  }

  @Test
  void a_mistake_has_its_place() {
    assertThatThrownBy(() -> SeriesLine.parse("up{job=\"a\"} 1 y"))
        .isInstanceOfSatisfying(BadInput.class, e -> assertThat(e.offset()).isEqualTo(14));
    assertThatThrownBy(() -> SeriesLine.parse("up{job!=\"a\"} 1")).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> SeriesLine.parse("up{job=0} 1")).isInstanceOf(BadInput.class);
  }
}
