package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the two limits on samples mean: one is about what a query holds at once, the other about
/// all that it reads.
class SampleLimitsTest {
  private static final int DAY = 5_760;
  private static final Instant NOON = Instant.ofEpochSecond(DAY * 15L);

  /// One whole day of a counter, every 15 seconds.
  private static final long[] TIMES = new long[DAY];

  private static final double[] VALUES = new double[DAY];

  static {
    for (int i = 0; i < DAY; i++) {
      TIMES[i] = (i + 1) * 15_000L;
      VALUES[i] = i;
    }
  }

  /// @param told how many samples it says it has
  private record Counter(Labels labels, int told) implements StoredSeries {
    @Override
    public int size() {
      return told;
    }

    @Override
    public void read(Points into) {
      into.reserve(DAY);
      System.arraycopy(TIMES, 0, into.timestamps(), into.size(), DAY);
      System.arraycopy(VALUES, 0, into.values(), into.size(), DAY);
      into.grow(DAY);
    }
  }

  private static PromQl over(int series, int told, String limits) {
    List<StoredSeries> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      all.add(new Counter(Labels.of(Labels.NAME, "x", "i", "v" + i), told));
    }
    Mistakes mistakes = new Mistakes();
    PromQlConfig config = PromQlConfig.from(Yaml.parse("limits", limits, mistakes));
    mistakes.throwIfAny();
    return new PromQl(config, (_, _, _) -> all, new SimTime(), new SimpleMeterRegistry());
  }

  @Test
  void an_aggregation_over_a_day_of_ten_thousand_series_is_within_the_usual_limits() {
    try (PromQl promql = over(10_000, DAY, "{}")) {
      List<QueryStats> stats = new ArrayList<>();
      Answer answer =
          promql.instant("sum(rate(x[1d]))", NOON, promql.options().telling(stats::add));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Vector.class,
              vector -> assertThat(vector.samples().getFirst().value()).isBetween(600.0, 700.0));
      assertThat(stats.getFirst().samplesRead()).isEqualTo(57_600_000);
      assertThat(stats.getFirst().peakSamples()).isLessThan(200_000);
    }
  }

  @Test
  void what_is_held_whole_is_limited_by_what_may_be_held() {
    try (PromQl promql = over(20, DAY, "max-samples: 100000")) {
      assertThatThrownBy(() -> promql.instant("x[1d]", NOON))
          .isInstanceOf(OverLimit.class)
          .hasMessageContaining("too many samples into memory");
      assertThat(promql.vector("sum(rate(x[1d]))", NOON)).hasSize(1);
    }
  }

  @Test
  void what_is_surely_too_much_is_not_begun() {
    try (PromQl promql = over(20, DAY, "max-read-samples: 100000")) {
      assertThatThrownBy(() -> promql.vector("sum(rate(x[1d]))", NOON))
          .isInstanceOf(OverLimit.class)
          .hasMessageContaining("about 115,200, more than the limit of 100,000 (max-read-samples)");
    }
  }

  @Test
  void what_turns_out_to_be_too_much_ends_while_it_is_read() {
    try (PromQl promql = over(20, 1, "max-read-samples: 100000")) {
      assertThatThrownBy(() -> promql.vector("sum(rate(x[1d]))", NOON))
          .isInstanceOf(OverLimit.class)
          .hasMessageContaining("more than the limit of 100,000 (max-read-samples)");
    }
  }

  @Test
  void what_a_subquery_computes_is_no_reading() {
    try (PromQl promql = over(2, DAY, "max-read-samples: 12000")) {
      assertThat(promql.vector("sum(max_over_time(rate(x[5m])[1d:15s]))", NOON)).hasSize(1);
    }
  }
}
