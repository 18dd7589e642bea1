package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Points;
import hinomi.model.SystemTime;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Run by hand: what a sample of each shape takes on disk, and the least time that packing,
/// unpacking a chunk and unpacking its last twenty samples take. `DenseCheck SAMPLES_PER_CHUNK`;
/// with `-XX:-BackgroundCompilation`, or the compiler's delay is measured on a busy machine.
public final class DenseCheck {
  private static final int SERIES = 40;
  private static final int ROUNDS = 300;
  private static final int LATEST = 20;
  private static final long STEP = 15_000;

  private final DenseEncoder encoder = new DenseEncoder();
  private final DenseDecoder decoder = new DenseDecoder();
  private final Points points = new Points(DenseDecoder.MAX_SAMPLES);
  private final long[] times;

  private DenseCheck(int samples) {
    times = new long[samples];
    for (int i = 0; i < samples; i++) {
      times[i] = 1_770_000_000_000L + i * STEP;
    }
  }

  public static void main(String[] args) {
    DenseCheck check = new DenseCheck(args.length > 0 ? Integer.parseInt(args[0]) : 5760);
    try (SystemTime time = new SystemTime()) {
      System.out.printf(
          "%-6s %10s %10s %10s %12s%n", "shape", "B/sample", "pack ns", "unpack ns", "latest ns");
      for (int kind = 0; kind < Shapes.KINDS; kind++) {
        check.measure(kind, time);
      }
    }
  }

  private void measure(int kind, SystemTime time) {
    List<DenseDecoder.Packed> chunks = new ArrayList<>();
    Random random = new Random(kind);
    long bytes = 0;
    double packing = 0;
    for (int i = 0; i < SERIES; i++) {
      double[] values = Shapes.values(random, kind, times.length);
      ByteSink out = new ByteSink(1 << 10);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 10; round++) {
        out.shrink(0);
        long begin = time.nanos();
        encoder.encode(times, values, 0, times.length, out);
        least = Math.min(least, time.nanos() - begin);
      }
      packing += least;
      bytes += out.size();
      byte[] packed = Arrays.copyOf(out.bytes(), out.size());
      chunks.add(
          new DenseDecoder.Packed(MemorySegment.ofArray(packed), 0, packed.length, times.length));
    }
    double samples = (double) SERIES * times.length;
    double whole = unpacking(chunks, Long.MIN_VALUE, time);
    double latest = unpacking(chunks, times[Math.max(0, times.length - LATEST)], time);
    System.out.printf(
        "%-6d %10.4f %10.1f %10.2f %12.0f%n",
        kind, bytes / samples, packing / samples, whole / samples, latest / SERIES);
  }

  /// The sum of the least times.
  private double unpacking(List<DenseDecoder.Packed> chunks, long from, SystemTime time) {
    double sum = 0;
    for (DenseDecoder.Packed chunk : chunks) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        points.clear();
        long begin = time.nanos();
        decoder.decode(chunk, from, Long.MAX_VALUE, points);
        least = Math.min(least, time.nanos() - begin);
      }
      sum += least;
    }
    return sum;
  }
}
