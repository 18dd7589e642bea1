package hinomi.jmh;

import hinomi.model.Matcher;
import hinomi.model.StoredSeries;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Questions to the engine and the store, without HTTP: 10,000 series with 6 h at 15 s, which lie
/// either in memory or in blocks. Microseconds per question.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class QueryBenchmark {
  private static final int SERIES = 10_000;
  private static final int SCRAPES = 6 * 240;
  private static final String ONE_HOST = Hosts.METRIC + "{instance=\"host-00007:9100\"}";

  @Param({"head", "blocks"})
  public String place = "head";

  private final Store store;
  private final PromQl promQl;
  private Instant end = Instant.EPOCH;

  public QueryBenchmark() {
    try {
      store = new Store();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    promQl =
        new PromQl(
            PromQlConfig.DEFAULT, store.get()::select, store.time(), new SimpleMeterRegistry());
  }

  @Setup
  public void fill() {
    List<Hosts.Names> batches = Hosts.names(SERIES, 2000);
    long start = store.start();
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      for (Hosts.Names names : batches) {
        store.append(names.at(start + scrape * Hosts.STEP));
      }
    }
    end = Instant.ofEpochMilli(start + (SCRAPES - 1) * Hosts.STEP - 1000);
    if (place.equals("blocks")) {
      store.get().compact();
    }
  }

  @TearDown
  public void close() throws IOException {
    promQl.close();
    store.close();
  }

  @Benchmark
  public List<StoredSeries> selectOneHost() {
    long to = end.toEpochMilli();
    return store
        .get()
        .select(
            List.of(
                Matcher.equal("__name__", Hosts.METRIC),
                Matcher.equal("instance", "host-00007:9100")),
            to - 300_000,
            to);
  }

  @Benchmark
  public Answer instantOfOneHost() {
    return promQl.instant(ONE_HOST, end);
  }

  @Benchmark
  public Answer instantSumByRateOfAll() {
    return promQl.instant("sum by (mode) (rate(" + Hosts.METRIC + "[5m]))", end);
  }

  @Benchmark
  public Answer rangeOfRateOfOneHost() {
    return range("rate(" + ONE_HOST + "[5m])");
  }

  @Benchmark
  public Answer rangeOfSumByRateOfAll() {
    return range("sum by (mode) (rate(" + Hosts.METRIC + "[5m]))");
  }

  private Answer range(String query) {
    return promQl.range(
        query, end.minus(Duration.ofHours(5)), end, Duration.ofMinutes(1), promQl.options());
  }
}
