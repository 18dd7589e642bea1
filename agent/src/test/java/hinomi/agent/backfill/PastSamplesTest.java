package hinomi.agent.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.Exposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PastSamplesTest {
  private static ExpositionLines openMetrics(String text) {
    return new ExpositionLines(
        new BufferedReader(new StringReader(text)), Exposition.Dialect.OPENMETRICS);
  }

  private static List<Sample> all(PastSamples from) throws IOException {
    List<Sample> all = new ArrayList<>();
    List<Sample> piece = from.next();
    while (!piece.isEmpty()) {
      assertThat(piece).hasSizeLessThanOrEqualTo(PastSamples.PIECE);
      all.addAll(piece);
      piece = from.next();
    }
    return all;
  }

  @Test
  void a_dump_of_prometheus_is_read_with_its_times() throws IOException {
    List<Sample> samples =
        all(
            openMetrics(
                """
                # TYPE my_counter counter
                my_counter_total{baz="abc"} 1 0.000
                my_counter_total{baz="abc"} 2 60.5
                up NaN 1700000000.123
                # EOF
                """));
    Labels counter = Labels.of(Labels.NAME, "my_counter_total", "baz", "abc");
    assertThat(samples)
        .containsExactly(
            new Sample(counter, 0, 1),
            new Sample(counter, 60_500, 2),
            new Sample(Labels.of(Labels.NAME, "up"), 1_700_000_000_123L, Double.NaN));
  }

  @Test
  void a_text_of_many_pieces_loses_nothing() throws IOException {
    StringBuilder text = new StringBuilder();
    int count = 3 * PastSamples.PIECE + 7;
    for (int i = 0; i < count; i++) {
      text.append("m{i=\"").append(i % 100).append("\"} ").append(i).append(' ').append(i);
      text.append('\n');
    }
    List<Sample> samples =
        all(
            new ExpositionLines(
                new BufferedReader(new StringReader(text.toString())),
                Exposition.Dialect.PROMETHEUS));
    assertThat(samples).hasSize(count);
    assertThat(samples.stream().mapToDouble(Sample::value).sum())
        .isEqualTo(count * (count - 1.0) / 2);
  }

  @Test
  void a_mistake_is_told_with_its_line() {
    String good = "m 1 1\n".repeat(PastSamples.PIECE + 1);
    assertThatThrownBy(() -> all(openMetrics(good + "m{ 1 1\n# EOF\n")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line " + (PastSamples.PIECE + 2) + ":");
  }

  @Test
  void a_file_that_is_cut_off_is_told() {
    assertThatThrownBy(() -> all(openMetrics("m 1 1\n"))).hasMessageContaining("# EOF");
  }

  @Test
  void a_sample_without_a_time_is_told() {
    assertThatThrownBy(() -> all(openMetrics("m 1\n# EOF\n"))).hasMessageContaining("no time");
  }

  @Test
  void an_export_of_victoria_metrics_is_read() throws IOException {
    String line =
        "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"values\":[1,0.5,\"Infinity\",null],"
            + "\"timestamps\":[1000,2000,3000,4000]}\n";
    List<Sample> samples = all(new ExportLines(new BufferedReader(new StringReader(line + line))));
    Labels up = Labels.of(Labels.NAME, "up", "job", "a");
    assertThat(samples).hasSize(8);
    assertThat(samples.subList(0, 4))
        .containsExactly(
            new Sample(up, 1000, 1),
            new Sample(up, 2000, 0.5),
            new Sample(up, 3000, Double.POSITIVE_INFINITY),
            new Sample(up, 4000, Double.NaN));
  }

  @Test
  void an_export_that_is_wrong_is_told_with_its_line() {
    BufferedReader lines = new BufferedReader(new StringReader("\n{\"metric\":{}}\n"));
    assertThatThrownBy(() -> all(new ExportLines(lines))).hasMessageContaining("line 2:");
  }
}
