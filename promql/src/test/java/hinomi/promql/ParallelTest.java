package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Queries so large that threads share them.
class ParallelTest {
  private static final int SERIES = 600;
  private static final int SAMPLES = 400;

  private final SimTime time = new SimTime();
  private final Set<String> readers = ConcurrentHashMap.newKeySet();
  private volatile Consumer<Integer> whenRead = _ -> {};
  private final PromQl promQl =
      new PromQl(PromQlConfig.DEFAULT, this::select, time, new SimpleMeterRegistry());

  @AfterEach
  void close() {
    promQl.close();
  }

  private final class Wave implements StoredSeries {
    private final int number;

    Wave(int number) {
      this.number = number;
    }

    @Override
    public Labels labels() {
      return Labels.of(
          Labels.NAME, "wave_" + number % 3, "n", String.valueOf(number), "m", "" + number % 7);
    }

    @Override
    public int size() {
      return SAMPLES;
    }

    @Override
    public void read(Points into) {
      readers.add(Thread.currentThread().getName());
      whenRead.accept(number);
      for (int i = 0; i < SAMPLES; i++) {
        into.add(i * 15_000L, Math.sin(number + i * 0.1) * Math.pow(10, number % 20));
      }
    }
  }

  private List<StoredSeries> select(List<Matcher> matchers, long from, long to) {
    List<StoredSeries> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      Wave wave = new Wave(i);
      if (Matcher.allMatch(matchers, wave.labels())) {
        all.add(wave);
      }
    }
    return all;
  }

  private String range(String expression) {
    Answer answer =
        promQl.range(expression, Instant.ofEpochSecond(900), Instant.ofEpochSecond(5000), STEP);
    StringBuilder text = new StringBuilder();
    for (var series : ((Answer.Matrix) answer).series()) {
      text.append(series.labels());
      for (double value : series.values()) {
        text.append(' ').append(Double.doubleToRawLongBits(value));
      }
      text.append('\n');
    }
    return text.append(answer.infos()).toString();
  }

  private static final Duration STEP = Duration.ofSeconds(60);

  @Test
  void an_answer_is_the_same_to_the_last_bit_whoever_computes_it() throws Exception {
    for (String expression :
        List.of(
            "sum by (m) (rate({n!=\"\"}[5m]))",
            "avg(-wave_1)",
            "stddev without (n) (rate(wave_0[5m]) * 2)",
            "rate(wave_1[5m])",
            "topk(3, wave_2)")) {
      String first = range(expression);
      assertThat(first).contains("\n");
      for (int i = 0; i < 5; i++) {
        assertThat(range(expression)).isEqualTo(first);
        FutureTask<String> virtual = new FutureTask<>(() -> range(expression));
        Thread.startVirtualThread(virtual);
        assertThat(virtual.get(20, TimeUnit.SECONDS)).isEqualTo(first);
      }
    }
    assertThat(readers).anyMatch(name -> name.startsWith("hinomi-promql-"));
  }

  @Test
  void a_large_query_of_a_virtual_thread_runs_on_none() throws Exception {
    FutureTask<String> virtual = new FutureTask<>(() -> range("sum(wave_1)"));
    Thread.startVirtualThread(virtual);
    virtual.get(20, TimeUnit.SECONDS);
    assertThat(readers).allMatch(name -> name.startsWith("hinomi-promql-"));
  }

  @Test
  void what_fails_on_any_thread_fails_the_query() {
    whenRead =
        number -> {
          if (number == SERIES - 1) {
            throw new Unavailable("block is gone");
          }
        };
    assertThatThrownBy(() -> range("sum({n!=\"\"})")).hasMessage("block is gone");
    whenRead = _ -> {};
    assertThatThrownBy(() -> range("rate({n!=\"\"}[5m]) + on (m) group_left () wave_1"))
        .isInstanceOf(BadInput.class);
    assertThat(range("sum({n!=\"\"})")).contains("\n");
  }

  @Test
  void a_deadline_holds_on_all_threads() {
    whenRead = _ -> time.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> range("sum({n!=\"\"})"))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("timed out");
  }

  @Test
  void nobody_goes_on_for_a_client_that_has_gone() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    whenRead = _ -> gone.set(true);
    assertThatThrownBy(() ->
            promQl.instant(
                "sum({n!=\"\"})",
                Instant.ofEpochSecond(900),
                promQl.options().of("client", gone::get)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("canceled");
    CountDownLatch reading = new CountDownLatch(1);
    whenRead = _ -> reading.countDown();
    FutureTask<String> task =
        new FutureTask<>(() -> {
          StringBuilder all = new StringBuilder();
          while (true) {
            all.append(range("sum({n!=\"\"})").length());
          }
        });
    Thread thread = Thread.startVirtualThread(task);
    assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(Unavailable.class)
        .hasMessageContaining("canceled");
  }

  @Test
  void a_closed_engine_answers_on_its_callers_threads() {
    promQl.close();
    assertThat(range("sum({n!=\"\"})")).contains("\n");
    assertThat(readers).noneMatch(name -> name.startsWith("hinomi-promql-"));
  }
}
