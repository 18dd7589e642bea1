package hinomi.metricstore.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Metadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricNotesTest {
  private static Metadata note(String metric, String help) {
    return new Metadata(metric, "counter", help, "");
  }

  @Test
  void theSameAccountIsKeptOnce() {
    MetricNotes notes = new MetricNotes(10);
    notes.add(note("a_total", "one"));
    notes.add(note("a_total", "one"));
    notes.add(note("a_total", "other"));
    assertThat(notes.all())
        .isEqualTo(Map.of("a_total", List.of(note("a_total", "one"), note("a_total", "other"))));
    assertThat(notes.isNew(note("a_total", "one"))).isFalse();
  }

  @Test
  void aSenderThatInventsMetricsOrTextsFillsNothing() {
    MetricNotes notes = new MetricNotes(2);
    for (int i = 0; i < 100; i++) {
      notes.add(note("metric_" + i, "x".repeat(10_000)));
      notes.add(note("metric_0", "text " + i));
    }
    assertThat(notes.all()).hasSize(2);
    assertThat(notes.all().get("metric_0")).hasSize(8);
    notes.each(one -> assertThat(one.help()).hasSizeLessThanOrEqualTo(4096));
    assertThat(notes.isNew(note("metric_0", "x".repeat(10_001)))).isTrue();
  }
}
