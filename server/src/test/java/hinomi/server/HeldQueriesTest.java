package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.MetricStore;
import hinomi.metricstore.MetricStoreConfig;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.SeriesSource;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that stand still in the middle of reading, as many as there are places: whatever writes
/// goes on, and they find what was there when they began.
final class HeldQueriesTest {
  private static final int ALL_PLACES = PromQlConfig.DEFAULT.ruleConcurrency();

  private final SimTime time = new SimTime();
  private final CountDownLatch begun = new CountDownLatch(ALL_PLACES);
  private final CountDownLatch go = new CountDownLatch(1);

  private record Slow(StoredSeries series, CountDownLatch begun, CountDownLatch go)
      implements StoredSeries {
    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public int size() {
      return series.size();
    }

    @Override
    public void read(Points into) {
      begun.countDown();
      try {
        assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      series.read(into);
    }
  }

  @Test
  void appendsFlushesAndDeletionsWaitForNoQuery(@TempDir Path folder) throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (MetricStore store = MetricStore.open(MetricStoreConfig.defaults(folder), time, registry);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      SeriesSource slow =
          (matchers, from, to) ->
              store.select(matchers, from, to).stream()
                  .map(series -> new Slow(series, begun, go))
                  .toList();
      try (PromQl promql = new PromQl(PromQlConfig.DEFAULT, slow, time, registry)) {
        append(store, 0);
        List<Future<List<Sample>>> held = new ArrayList<>();
        for (int i = 0; i < ALL_PLACES; i++) {
          held.add(threads.submit(() -> promql.vector("sum(m)", time.now())));
        }
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        for (int round = 1; round < 4; round++) {
          int value = round;
          done(threads, () -> append(store, value));
          done(
              threads,
              () -> {
                store.compact();
                return store.snapshot(false);
              });
          done(
              threads,
              () -> {
                store.delete(List.of(Matcher.equal("round", "0")), Long.MIN_VALUE, Long.MAX_VALUE);
                store.cleanTombstones();
                return 0;
              });
        }
        assertThat(held).noneMatch(Future::isDone);
        go.countDown();
        for (Future<List<Sample>> each : held) {
          assertThat(each.get(30, TimeUnit.SECONDS))
              .containsExactly(new Sample(Labels.EMPTY, time.now().toEpochMilli(), 10));
        }
        assertThat(promql.vector("sum(m)", time.now()).getFirst().value()).isEqualTo(20 + 30 + 40);
      }
    }
  }

  private static <T> void done(ExecutorService threads, Callable<T> work) throws Exception {
    T result = threads.submit(work).get(30, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
  }

  /// Ten series of their own, each of the value one more than the round.
  private Integer append(MetricStore store, int round) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Labels labels = Labels.of(Labels.NAME, "m", "i", "v" + i, "round", "" + round);
      samples.add(new Sample(labels, time.now().toEpochMilli(), 1 + round));
    }
    int accepted = store.append(samples).accepted();
    assertThat(accepted).isEqualTo(10);
    return accepted;
  }
}
