package hinomi.promql.reference;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.Reading;
import hinomi.promql.memory.MemorySeries;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is called steady means the same asked for many times at once and asked one by one; so does
/// the expression that tells whether there is data.
class ReadingLawTest {
  private static final int DATA = 60;
  private static final int QUERIES = 40;
  private static final int STEPS = 25;

  private int compared;
  private int presences;

  @Test
  void a_range_of_a_steady_expression_is_its_instants() {
    Seeds.forAll(
        DATA,
        random -> {
          Data data = new Data(random);
          MemorySeries source = new MemorySeries();
          data.into(source);
          try (PromQl promQl =
              new PromQl(PromQlConfig.DEFAULT, source, new SimTime(), new SimpleMeterRegistry())) {
            for (int i = 0; i < QUERIES; i++) {
              check(promQl, new RandomQuery(random).vector(3), random);
            }
          }
        });
    assertThat(compared).isGreaterThan(DATA * QUERIES / 3);
    assertThat(presences).isGreaterThan(DATA * QUERIES / 3);
  }

  private void check(PromQl promQl, String query, Random random) {
    Reading reading = Reading.of(query);
    long start = 900_000L + random.nextInt(2_000_000);
    long step = new long[] {5_000, 15_000, 60_000}[random.nextInt(3)];
    if (reading.steady()) {
      compare(promQl, query, start, step);
    }
    reading
        .presence()
        .ifPresent(presence -> {
          presences++;
          Map<Long, Map<Labels, Double>> rows = rows(promQl, presence, start, step);
          for (int i = 0; i < STEPS; i++) {
            long at = start + i * step;
            assertThat(rows.containsKey(at))
                .as("%s at %s", presence, at)
                .isEqualTo(promQl.hasData(query, Instant.ofEpochMilli(at)));
          }
        });
  }

  private void compare(PromQl promQl, String query, long start, long step) {
    Map<Long, Map<Labels, Double>> rows;
    try {
      rows = rows(promQl, query, start, step);
    } catch (BadInput e) {
      return; // then a replay asks one by one
    }
    compared++;
    for (int i = 0; i < STEPS; i++) {
      long at = start + i * step;
      List<Sample> once = promQl.vector(query, Instant.ofEpochMilli(at));
      Map<Labels, Double> row = rows.getOrDefault(at, Map.of());
      Set<Labels> labels = new HashSet<>();
      for (Sample sample : once) {
        labels.add(sample.labels());
        Double other = row.get(sample.labels());
        assertThat(other != null && near(sample.value(), other))
            .as("%s at %s: %s, %s", query, at, sample, other)
            .isTrue();
      }
      assertThat(row.keySet()).as("%s at %s", query, at).isEqualTo(labels);
    }
  }

  private static boolean near(double one, double other) {
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
  }

  private static Map<Long, Map<Labels, Double>> rows(
      PromQl promQl, String query, long start, long step) {
    Answer.Matrix matrix =
        (Answer.Matrix)
            promQl.range(
                query,
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(start + (STEPS - 1) * step),
                Duration.ofMillis(step));
    Map<Long, Map<Labels, Double>> rows = new HashMap<>();
    for (Series series : matrix.series()) {
      for (int i = 0; i < series.timestamps().length; i++) {
        rows.computeIfAbsent(series.timestamps()[i], _ -> new HashMap<>())
            .put(series.labels(), series.values()[i]);
      }
      series
          .histograms()
          .forEach(each -> rows.computeIfAbsent(each.timestamp(), _ -> new HashMap<>()));
    }
    return rows;
  }
}
