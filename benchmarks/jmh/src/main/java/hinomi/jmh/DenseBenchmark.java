package hinomi.jmh;

import hinomi.metricstore.dense.DenseDecoder;
import hinomi.metricstore.dense.DenseEncoder;
import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Points;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The packing of closed blocks, into bytes and back: nanoseconds per sample of one series of a day
/// at 15 s. What it comes to in bytes is printed before the figures.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DenseBenchmark.SAMPLES)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseBenchmark {
  static final int SAMPLES = 5760;
  private static final long TIME = 1_790_000_000_000L;

  /// How values go on: a counter in hundredths, bytes that wander by pages, a constant, and a gauge
  /// that uses all the bits of a double.
  @Param({"counter", "pages", "constant", "noise"})
  public String motion = "counter";

  private final long[] timestamps = new long[SAMPLES];
  private final double[] values = new double[SAMPLES];
  private final DenseEncoder encoder = new DenseEncoder();
  private final DenseDecoder decoder = new DenseDecoder();
  private final ByteSink packed = new ByteSink(1 << 16);
  private final Points points = new Points(SAMPLES);
  private MemorySegment chunk = MemorySegment.NULL;

  @Setup
  public void pack() {
    Random random = new Random(1);
    double value = 4096 * 1000;
    for (int i = 0; i < SAMPLES; i++) {
      timestamps[i] = TIME + i * Hosts.STEP;
      value =
          switch (motion) {
            case "counter" -> Math.rint((value + 0.1 + 1.5 * random.nextDouble()) * 100) / 100;
            case "pages" -> value + 4096 * Math.rint(500 * (2 * random.nextDouble() - 1));
            case "constant" -> value;
            case "noise" -> value * .9 + 400 * random.nextDouble();
            default -> throw new IllegalStateException("BUG: no motion " + motion);
          };
      values[i] = value;
    }
    chunk = MemorySegment.ofArray(Arrays.copyOf(encode().bytes(), packed.size()));
    System.out.printf("# %s: %.3f bytes a sample%n", motion, (double) packed.size() / SAMPLES);
  }

  @Benchmark
  public ByteSink encode() {
    packed.shrink(0);
    encoder.encode(timestamps, values, 0, SAMPLES, packed);
    return packed;
  }

  @Benchmark
  public Points decode() {
    points.clear();
    decoder.decode(
        new DenseDecoder.Packed(chunk, 0, Math.toIntExact(chunk.byteSize()), SAMPLES),
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        points);
    return points;
  }
}
