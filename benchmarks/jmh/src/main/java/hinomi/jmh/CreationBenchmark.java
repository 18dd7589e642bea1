package hinomi.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The first sample of series that the store has never seen, 2,000 in a batch: labels judged,
/// indexed, logged. Nanoseconds per series. Each round has series of its own, so that there are a
/// million in the end.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CreationBenchmark.SERIES)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class CreationBenchmark {
  static final int SERIES = 50_000;
  private static final int BATCH = 2000;

  private final Store store;
  private int known;
  private List<Hosts.Names> unknown = List.of();

  public CreationBenchmark() {
    try {
      store = new Store();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Setup(Level.Invocation)
  public void next() {
    unknown =
        IntStream.range(0, SERIES / BATCH)
            .mapToObj(i -> Hosts.Names.of(known + i * BATCH, BATCH))
            .toList();
    known += SERIES;
  }

  @TearDown
  public void close() throws IOException {
    store.close();
  }

  @Benchmark
  public void newSeries() {
    long now = store.start();
    for (Hosts.Names names : unknown) {
      store.append(names.at(now));
    }
  }
}
