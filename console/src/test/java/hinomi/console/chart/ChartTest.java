package hinomi.console.chart;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Series;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ChartTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant TO = Instant.parse("2026-11-20T18:00:00Z");
  private static final Instant FROM = TO.minus(Duration.ofHours(1));
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final Pattern PLACE = Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)");

  private static Series series(double... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      times[i] = FROM.toEpochMilli() + i * STEP.toMillis();
    }
    return new Series(Labels.of("a", "b"), times, values);
  }

  private static Chart chart(Series... series) {
    return Chart.of(List.of(series), FROM, TO, STEP, TOKYO);
  }

  private static List<String> labels(Chart chart) {
    return chart.values().stream().map(Chart.Mark::label).toList();
  }

  @Test
  void axesBeginAndEndAtRoundValues() {
    assertThat(labels(chart(series(0.2, 0.97))))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(labels(chart(series(980, 1020))))
        .containsExactly("980", "990", "1k", "1.01k", "1.02k");
    assertThat(labels(chart(series(5, 5)))).contains("5");
    assertThat(labels(chart(series(0, 0)))).contains("0");
    assertThat(labels(chart(series(-3, -1)))).contains("0");
    assertThat(labels(chart(series(2e6, 9e6)))).contains("0", "2M", "10M");
  }

  @Test
  void timesAreLabelledAtRoundLocalTimes() {
    assertThat(chart(series(1, 2)).times())
        .extracting(Chart.Mark::label)
        .containsExactly("02:00", "02:10", "02:20", "02:30", "02:40", "02:50", "03:00");
    assertThat(
            Chart.of(
                    List.of(series(1)),
                    TO.minus(Duration.ofHours(24)),
                    TO,
                    STEP,
                    ZoneId.of("Asia/Kolkata"))
                .times())
        .extracting(Chart.Mark::label)
        .containsExactly("00:00", "04:00", "08:00", "12:00", "16:00", "20:00");
  }

  @Test
  void gapsInterruptLinesAndLonePointsAreDots() {
    assertThat(chart(series(1, 2, 3)).lines().getFirst().path()).containsOnlyOnce("M");
    assertThat(chart(series(1, Double.NaN, 3, 4)).lines().getFirst().path())
        .matches("M[^ML]+h0M[^ML]+L[^ML]+");
    assertThat(
            chart(series(1, 2, Double.POSITIVE_INFINITY, Double.NaN, 4)).lines().getFirst().path())
        .endsWith("h0");
    assertThat(chart(series(Double.NaN)).isEmpty()).isTrue();
    assertThat(chart().isEmpty()).isTrue();
  }

  @Test
  void twentySeriesAreDrawnAndTheOthersCounted() {
    Series[] many = new Series[23];
    java.util.Arrays.fill(many, series(1, 2));
    Chart chart = chart(many);
    assertThat(chart.lines()).hasSize(20);
    assertThat(chart.hidden()).isEqualTo(3);
  }

  @Test
  void everyPointLiesWithinTheDrawingWhateverTheValues() {
    Seeds.forAll(
        500,
        random -> {
          double[] values = new double[1 + random.nextInt(0, 50)];
          for (int i = 0; i < values.length; i++) {
            values[i] = any(random);
          }
          Chart chart = chart(series(values));
          for (Chart.Line line : chart.lines()) {
            Matcher place = PLACE.matcher(line.path());
            while (place.find()) {
              assertThat(Double.parseDouble(place.group(1))).isBetween(0.0, 1000.0);
              assertThat(Double.parseDouble(place.group(2))).isBetween(0.0, 260.0);
            }
            assertThat(line.path()).doesNotContain("NaN", "Infinity");
          }
          assertThat(chart.values()).hasSizeLessThan(12);
        });
  }

  private static double any(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextInt(3);
      case 3 -> Double.MAX_VALUE * (random.nextBoolean() ? 1 : -1);
      case 4 -> Double.MIN_VALUE;
      default -> random.nextGaussian() * 1e6;
    };
  }

  @Test
  void numbersReadAsTheyWouldBeTyped() {
    assertThat(Figures.plain(0.973)).isEqualTo("0.973");
    assertThat(Figures.plain(15234.5)).isEqualTo("15234.5");
    assertThat(Figures.plain(1.0 / 3)).isEqualTo("0.333333");
    assertThat(Figures.plain(1.2e-7)).isEqualTo("1.2e-7");
    assertThat(Figures.plain(1e20)).isEqualTo("1e20");
    assertThat(Figures.plain(Double.NaN)).isEqualTo("NaN");
    assertThat(Figures.plain(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    assertThat(Figures.shortly(3.2e11)).isEqualTo("320G");
    assertThat(Figures.shortly(-1500)).isEqualTo("-1.5k");
  }
}
