package hinomi.promql.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemorySeriesTest {
  private static final Labels UP = Labels.of(Labels.NAME, "up", "job", "a");
  private final MemorySeries series = new MemorySeries();

  @Test
  void a_series_grows_at_its_end_alone() {
    assertThat(series.add(UP, 10, 1)).isEqualTo(MemorySeries.Taken.YES);
    assertThat(series.add(UP, 10, 1)).isEqualTo(MemorySeries.Taken.YES);
    assertThat(series.add(UP, 10, 2)).isEqualTo(MemorySeries.Taken.DUPLICATE);
    assertThat(series.add(UP, 5, 1)).isEqualTo(MemorySeries.Taken.OUT_OF_ORDER);
    assertThat(series.select(List.of(), 0, 100).getFirst().size()).isEqualTo(1);
  }

  @Test
  void what_was_not_taken_is_told_by_reason() {
    Admission admission =
        series.append(
            List.of(
                new Sample(UP, 10, 1),
                new Sample(UP, 10, 2),
                new Sample(UP, 20, 2),
                new Sample(UP, 15, 2)));
    assertThat(admission.accepted()).isEqualTo(2);
    assertThat(admission.refusals())
        .extracting(Admission.Refusal::reason)
        .containsExactly("duplicate", "out_of_order");
  }

  @Test
  void a_selection_has_both_ends_of_its_time_and_only_what_matches() {
    Labels down = Labels.of(Labels.NAME, "down");
    for (int i = 1; i <= 5; i++) {
      series.add(UP, i * 10L, i, i);
      series.add(down, i * 10L, -i);
    }
    Points points = new Points(0);
    series
        .select(List.of(new Matcher(Matcher.Kind.EQUAL, Labels.NAME, "up")), 20, 40)
        .forEach(part -> part.read(points));
    assertThat(points.size()).isEqualTo(3);
    assertThat(points.timestamp(0)).isEqualTo(20);
    assertThat(points.value(2)).isEqualTo(4);
    assertThat(points.start(2)).isEqualTo(4);
    assertThat(series.select(List.of(), 41, 49)).isEmpty();
    assertThat(series.select(List.of(), 40, 50)).hasSize(2);
    assertThat(series.series(List.of(new Matcher(Matcher.Kind.REGEX, "job", "a|b")), 0, 100))
        .containsExactly(UP);
  }
}
