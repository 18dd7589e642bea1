package hinomi.jmh;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.Encodings;
import hinomi.wire.RemoteWrite;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Warmup;

/// From a request's body to columns: snappy off, then the scan of either version of remote write.
/// Nanoseconds per sample of a body with 2,000 series and one sample of each.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WireBenchmark.SAMPLES)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  static final int SAMPLES = 2000;
  private static final Encodings.Limits LIMITS = new Encodings.Limits(64 << 20, 100);
  private static final long TIME = 1_790_000_000_000L;

  private byte[] body = {};
  private byte[] message = {};
  private byte[] message2 = {};

  @Setup
  public void write() {
    List<Sample> samples = new ArrayList<>();
    Message2 second = new Message2();
    for (int series = 0; series < SAMPLES; series++) {
      Labels labels = Hosts.labels(series);
      double value = Hosts.value(series, TIME);
      samples.add(new Sample(labels, TIME, value));
      List<String> pairs = new ArrayList<>();
      labels.forEach((name, text) -> pairs.addAll(List.of(name, text)));
      second.add(pairs, TIME, value);
    }
    body = RemoteWrite.encode(samples);
    message = Encodings.snappy(body, LIMITS);
    message2 = second.bytes();
  }

  @Benchmark
  public byte[] snappy() {
    return Encodings.snappy(body, LIMITS);
  }

  @Benchmark
  public RemoteWrite.Decoded scanVersion1() {
    return RemoteWrite.decode(message);
  }

  @Benchmark
  public RemoteWrite.Decoded scanVersion2() {
    return RemoteWrite.decode2(message2, message2.length);
  }
}
