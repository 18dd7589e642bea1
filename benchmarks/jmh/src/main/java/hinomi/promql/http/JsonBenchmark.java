package hinomi.promql.http;

import hinomi.model.Labels;
import hinomi.model.Series;
import hinomi.promql.Answer;
import java.util.ArrayList;
import java.util.List;
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

/// Writing an answer of 20 series with 1,000 points each as JSON: nanoseconds per point. In the
/// package of what it measures, which nobody else is to see.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JsonBenchmark.SERIES * JsonBenchmark.POINTS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {
  static final int SERIES = 20;
  static final int POINTS = 1000;

  /// Hundredths as gauges have them, whole numbers, or what a `rate` makes: all digits of a double.
  @Param({"hundredths", "whole", "digits"})
  public String values = "hundredths";

  private Answer answer = new Answer.Matrix(List.of(), List.of(), List.of());

  @Setup
  public void make() {
    Random random = new Random(1);
    List<Series> all = new ArrayList<>();
    for (int s = 0; s < SERIES; s++) {
      long[] timestamps = new long[POINTS];
      double[] column = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        timestamps[i] = 1_790_000_000_000L + i * 60_000L;
        double value = random.nextDouble() * 1000;
        column[i] =
            switch (values) {
              case "hundredths" -> Math.rint(value * 100) / 100;
              case "whole" -> Math.rint(value * 1e6);
              case "digits" -> value;
              default -> throw new IllegalStateException("BUG: no values " + values);
            };
      }
      Labels labels = Labels.of("__name__", "node_load1", "instance", "host-" + s + ":9100");
      all.add(new Series(labels, timestamps, column));
    }
    answer = new Answer.Matrix(all, List.of(), List.of());
  }

  @Benchmark
  public byte[] matrix() {
    JsonBytes json = new JsonBytes(AnswerText.expected(answer));
    boolean _ = AnswerText.write(answer, Integer.MAX_VALUE, json);
    return json.toBytes();
  }
}
