package hinomi.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A scrape of 100,000 known series, 2,000 in a batch, into the store: finding them, the log with
/// its sync, memory. Nanoseconds per sample of one sender, who waits for each batch to be durable;
/// 50 syncs are in each scrape, so the disk of the temporary directory is measured along.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AppendBenchmark.SERIES)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class AppendBenchmark {
  static final int SERIES = 100_000;
  private static final int BATCH = 2000;

  private final List<Hosts.Names> batches = Hosts.names(SERIES, BATCH);
  private final Store store;
  private long now;

  public AppendBenchmark() {
    try {
      store = new Store();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Setup
  public void create() {
    now = store.start();
    knownSeries();
  }

  @TearDown
  public void close() throws IOException {
    store.close();
  }

  @Benchmark
  public void knownSeries() {
    now += Hosts.STEP;
    for (Hosts.Names names : batches) {
      store.append(names.at(now));
    }
  }
}
