package hinomi.promql.reference;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The engine and the reference agree on random expressions over random data.
class DifferentialTest {
  private static final int DATA = 100;
  private static final int QUERIES = 50;

  /// A query over a range; one step is an instant query.
  private record Times(long start, long step, int count) {
    long end() {
      return start + step * (count - 1);
    }
  }

  private int refused;
  private int empty;

  @Test
  void random_expressions_come_to_what_the_reference_says() {
    Seeds.forAll(
        DATA,
        random -> {
          Data data = new Data(random);
          MemorySeries source = new MemorySeries();
          data.into(source);
          try (PromQl promQl =
              new PromQl(PromQlConfig.DEFAULT, source, new SimTime(), new SimpleMeterRegistry())) {
            for (int i = 0; i < QUERIES; i++) {
              Times times = times(random);
              compare(promQl, data, new RandomQuery(random).vector(3), times);
            }
          }
        });
    int all = DATA * QUERIES;
    assertThat(refused).as("refusals alone would show little").isLessThan(all / 4);
    assertThat(empty).as("nothing alone would show little").isLessThan(all / 3);
  }

  private static Times times(Random random) {
    long start = 900_000L + random.nextInt(2_000_000);
    return random.nextInt(3) == 0
        ? new Times(start, 1, 1)
        : new Times(
            start, new long[] {7_000, 60_000, 250_000}[random.nextInt(3)], 2 + random.nextInt(8));
  }

  private void compare(PromQl promQl, Data data, String query, Times times) {
    Map<Labels, Map<Long, Double>> wanted = new TreeMap<>();
    boolean fails = false;
    try {
      wanted = expected(data, query, times);
    } catch (Reference.NoAnswer e) {
      fails = true;
    }
    Map<Labels, Map<Long, Double>> found;
    try {
      found = actual(promQl, query, times);
    } catch (BadInput e) {
      if (fails) {
        refused++;
        return;
      }
      throw new AssertionError(query + " over " + times + " failed: " + e.getMessage(), e);
    }
    empty += wanted.isEmpty() ? 1 : 0;
    if (fails || !same(wanted, found)) {
      throw new AssertionError(
          query + " over " + times + "\nshould " + (fails ? "fail" : wanted) + "\nbut is " + found);
    }
  }

  private static Map<Labels, Map<Long, Double>> expected(Data data, String query, Times times) {
    Expr expr = Parser.parse(query);
    Reference reference = new Reference(data, times.start(), times.end());
    Map<Labels, Map<Long, Double>> all = new TreeMap<>();
    for (int i = 0; i < times.count(); i++) {
      long now = times.start() + i * times.step();
      reference
          .vector(expr, now)
          .forEach(
              (labels, value) -> all.computeIfAbsent(labels, _ -> new TreeMap<>()).put(now, value));
    }
    return all;
  }

  private static Map<Labels, Map<Long, Double>> actual(PromQl promQl, String query, Times times) {
    Map<Labels, Map<Long, Double>> all = new TreeMap<>();
    Instant start = Instant.ofEpochMilli(times.start());
    if (times.count() == 1) {
      Answer.Vector vector = (Answer.Vector) promQl.instant(query, start);
      vector
          .samples()
          .forEach(each -> all.put(each.labels(), Map.of(each.timestamp(), each.value())));
      return all;
    }
    Answer.Matrix matrix =
        (Answer.Matrix)
            promQl.range(
                query, start, Instant.ofEpochMilli(times.end()), Duration.ofMillis(times.step()));
    matrix
        .series()
        .forEach(series -> {
          Map<Long, Double> points = new TreeMap<>();
          for (int i = 0; i < series.timestamps().length; i++) {
            points.put(series.timestamps()[i], series.values()[i]);
          }
          all.put(series.labels(), points);
        });
    return all;
  }

  private static boolean same(
      Map<Labels, Map<Long, Double>> one, Map<Labels, Map<Long, Double>> other) {
    boolean same = one.keySet().equals(other.keySet());
    for (Map.Entry<Labels, Map<Long, Double>> each : one.entrySet()) {
      same = same && near(each.getValue(), other.getOrDefault(each.getKey(), Map.of()));
    }
    return same;
  }

  private static boolean near(Map<Long, Double> one, Map<Long, Double> other) {
    boolean near = one.keySet().equals(other.keySet());
    for (Map.Entry<Long, Double> each : one.entrySet()) {
      near = near && near(each.getValue(), other.getOrDefault(each.getKey(), Double.NaN));
    }
    return near;
  }

  private static boolean near(double one, double other) {
    return Double.compare(one, other) == 0
        || one == other
        || Math.abs(one - other) <= 1e-9 * (1 + Math.max(Math.abs(one), Math.abs(other)));
  }
}
