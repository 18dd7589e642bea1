package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.parse.Dialect;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromQlTest {
  private final MemorySeries source = new MemorySeries();
  private final SimTime time = new SimTime();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PromQl promQl = new PromQl(PromQlConfig.DEFAULT, source, time, registry);

  PromQlTest() {
    for (int i = 0; i < 100; i++) {
      source.add(Labels.of(Labels.NAME, "up", "job", "a"), i * 10_000L, 1);
      source.add(Labels.of(Labels.NAME, "up", "job", "b"), i * 10_000L, 0);
    }
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  @Test
  void a_range_query_reads_the_source_once_for_each_selector() {
    AtomicInteger reads = new AtomicInteger();
    SeriesSource counting =
        (matchers, from, to) -> {
          reads.incrementAndGet();
          return source.select(matchers, from, to);
        };
    PromQl counted = new PromQl(PromQlConfig.DEFAULT, counting, time, registry);
    counted.range(
        "sum(rate(up[1m])) / scalar(up{job='a'} @ end()) + max_over_time(up[5m:1m])",
        at(0),
        at(600),
        Duration.ofSeconds(15));
    assertThat(reads).hasValue(3);
  }

  @Test
  void a_scalar_becomes_one_sample_without_labels() {
    assertThat(promQl.vector("1 + 1", at(5))).containsExactly(new Sample(Labels.EMPTY, 5000, 2));
    assertThatThrownBy(() -> promQl.vector("\"text\"", at(5))).isInstanceOf(BadInput.class);
  }

  @Test
  void no_data_is_told_from_a_false_condition() {
    assertThat(promQl.vector("up > 1", at(60))).isEmpty();
    assertThat(promQl.hasData("up > 1", at(60))).isTrue();
    assertThat(promQl.hasData("down > 1", at(60))).isFalse();
    assertThat(promQl.hasData("up > 1", at(5000))).isFalse();
    assertThat(promQl.hasData("down or rate(up[1m]) > 5", at(60))).isTrue();
    assertThat(promQl.hasData("max_over_time(up[2h:1m]) > 5", at(5000))).isTrue();
    assertThat(promQl.hasData("max_over_time(rate(up[1m])[2h:1m]) > 5", at(5000))).isTrue();
    assertThat(promQl.hasData("max_over_time(rate(up[1m])[1h:1m]) > 5", at(9000))).isFalse();
    assertThat(promQl.hasData("vector(1)", at(60))).isTrue();
  }

  @Test
  void the_longest_chains_and_deepest_nests_that_parse_are_answered_on_any_thread()
      throws InterruptedException {
    String chain = "up" + " + up".repeat(490);
    String nest = "-".repeat(40) + "abs(".repeat(50) + "up" + ")".repeat(50);
    String sets = "up" + " or up".repeat(490);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    Thread thread =
        Thread.startVirtualThread(() -> {
          for (String text : List.of(chain, nest, sets)) {
            sizes.add(promQl.vector(text, at(60)).size());
          }
        });
    thread.join();
    assertThat(sizes).containsExactly(2, 2, 2);
  }

  @Test
  void metric_names_wait_for_the_end_where_they_are_told_to() {
    PromQl delayed = new PromQl(PromQlConfig.DEFAULT.withDelayedNames(), source, time, registry);
    String named = "label_replace(-up{job='a'}, '__name__', 'minus_$1', '__name__', '(.*)')";
    assertThat(promQl.vector(named, at(60)).getFirst().labels().metric()).isEqualTo("minus_");
    assertThat(delayed.vector(named, at(60)).getFirst().labels().metric()).isEqualTo("minus_up");
    String counted = "count by (__name__) (-up)";
    assertThat(delayed.vector(counted, at(60)))
        .containsExactly(new Sample(Labels.EMPTY, 60_000, 2));
    assertThat(delayed.range("max_over_time((-up)[1m:])", at(60), at(60), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            Answer.Matrix.class,
            matrix ->
                assertThat(matrix.series().getFirst().labels()).isEqualTo(Labels.of("job", "a")));
    delayed.close();
  }

  @Test
  void a_length_of_time_that_comes_to_nothing_is_told_with_its_place() {
    assertThatThrownBy(() -> promQl.instant("rate(up[5m] offset (1m / step()))", at(60)))
        .isInstanceOfSatisfying(
            BadInput.class,
            e -> {
              assertThat(e.reason()).isEqualTo("1:21: division by zero");
              assertThat(e.offset()).isEqualTo(20);
            });
  }

  @Test
  void what_is_experimental_is_refused_where_it_is_switched_off() {
    Mistakes mistakes = new Mistakes();
    PromQlConfig config =
        PromQlConfig.from(Yaml.parse("test.yaml", "experimental-functions: false\n", mistakes));
    mistakes.throwIfAny();
    try (PromQl stable = new PromQl(config, source, time, registry)) {
      assertThatThrownBy(() -> stable.vector("info(up)", at(60)))
          .isInstanceOf(BadInput.class)
          .hasMessage("1:1: parse error: function \"info\" is not enabled");
    }
  }

  @Test
  void an_expression_tells_which_metrics_it_reads_unless_it_may_read_any() {
    assertThat(PromQl.metricNames("a + rate({__name__=\"b\"}[5m]) > on() max_over_time(c[1h:])"))
        .containsExactly("a", "b", "c");
    assertThat(PromQl.metricNames("a + {job=\"b\"}")).isEmpty();
    PromQl.checkNamed("a + {__name__=\"b\"}", Dialect.FULL);
    assertThatThrownBy(() -> PromQl.checkNamed("a + {job=\"b\"}", Dialect.FULL))
        .hasMessage("1:5: {job=\"b\"} names no metric, did you mean \"METRIC{job=\"b\"}\"?");
    assertThatThrownBy(() -> PromQl.checkNamed("vector(1)", Dialect.FULL))
        .hasMessage("1:1: vector(1) looks at no metric");
  }

  @Test
  void too_many_samples_points_or_steps_are_refused() {
    PromQlConfig small =
        new PromQlConfig(
            Duration.ofSeconds(1),
            150,
            1_000_000,
            150,
            10,
            100,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            1,
            1,
            1,
            0,
            Dialect.FULL,
            false);
    PromQl limited = new PromQl(small, source, time, registry);
    assertThat(limited.vector("up", at(60))).hasSize(2);
    assertThatThrownBy(() -> limited.vector("count_over_time(up[1000s])", at(1000)))
        .isInstanceOf(OverLimit.class)
        .hasMessageContaining("too many samples");
    assertThatThrownBy(() -> limited.vector("sum_over_time(vector(1)[1y:1ms])", at(1000)))
        .isInstanceOf(OverLimit.class);
    assertThatThrownBy(() -> limited.range("up", at(0), at(1000), Duration.ofSeconds(1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("exceeded maximum resolution of 100 points per timeseries");
  }

  @Test
  void queries_have_a_limit_together_for_as_long_as_their_answers_are_in_memory() {
    PromQlConfig together =
        PromQlConfig.from(
            Yaml.parse("test.yaml", "max-samples-together: 8000000\n", new Mistakes()));
    PromQl limited = new PromQl(together, source, time, registry);
    String large = "up[1000s:1ms]";
    String small = "up[100s:1ms]";
    PromQl.Options options = limited.options();
    assertThat(
            limited.<Integer>instant(
                large,
                at(1000),
                options,
                first -> {
                  assertThatThrownBy(() -> limited.instant(large, at(1000)))
                      .isInstanceOf(Unavailable.class)
                      .hasMessage(
                          "queries would hold more than 8,000,000 samples together"
                              + " (max-samples-together)");
                  return ((Answer.Matrix) limited.instant(small, at(1000))).series().size();
                }))
        .isEqualTo(2);
    assertThat(limited.instant(large, at(1000))).isInstanceOf(Answer.Matrix.class);
    assertThat(registry.get("hinomi.promql.samples.held").gauge().value()).isZero();
  }

  @Test
  void a_query_that_takes_too_long_is_given_up() {
    SeriesSource slow =
        (matchers, from, to) -> {
          time.advance(Duration.ofMinutes(3));
          return source.select(matchers, from, to);
        };
    PromQl late = new PromQl(PromQlConfig.DEFAULT, slow, time, registry);
    assertThatThrownBy(() -> late.vector("up", at(60)))
        .isInstanceOf(Unavailable.class)
        .hasMessage("query timed out in expression evaluation");
  }

  @Test
  void who_finds_too_many_waiting_is_refused_and_counted() throws InterruptedException {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    SeriesSource blocked =
        (matchers, from, to) -> {
          working.countDown();
          try {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return source.select(matchers, from, to);
        };
    PromQlConfig one =
        new PromQlConfig(
            Duration.ofSeconds(9),
            1000,
            1_000_000,
            1000,
            10,
            100,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            1,
            1,
            1,
            0,
            Dialect.FULL,
            false);
    PromQl narrow = new PromQl(one, blocked, time, registry);
    Thread first = Thread.startVirtualThread(() -> narrow.vector("up", at(60)));
    assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> narrow.vector("up", at(60))).isInstanceOf(Unavailable.class);
    assertThat(registry.counter("hinomi.promql.refused", "reason", "too many waiting").count())
        .isEqualTo(1);
    done.countDown();
    first.join();
  }

  @Test
  void the_configuration_is_read_with_its_defaults() {
    Mistakes mistakes = new Mistakes();
    PromQlConfig config =
        PromQlConfig.from(Yaml.parse("test.yaml", "timeout: 30s\nmax-points: 500\n", mistakes));
    mistakes.throwIfAny();
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.maxPoints()).isEqualTo(500);
    assertThat(config.concurrency()).isEqualTo(20);
    assertThat(config.maxSamples()).isEqualTo(50_000_000);
  }

  @Test
  void aRuleIsToldWhatItProbablyMeant() {
    Map.of(
            "sum(raet(x[5m]))", ", did you mean \"rate\"?",
            "rate(x[5min])", ", did you mean \"5m\"?",
            "rate(x[5 minutes])", ", did you mean \"5m\"?",
            "x offset 2hours", ", did you mean \"2h\"?")
        .forEach((text, hint) ->
            assertThatThrownBy(() -> PromQl.check(text, Dialect.FULL))
                .as(text)
                .hasMessageEndingWith(hint));
  }
}
