package hinomi.promql.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is computed over all steps of a series at once is what each window comes to by itself.
class SweepLawTest {
  private static final Budget PLENTY =
      new Budget(
          new Budget.Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
          new Budget.Room(Long.MAX_VALUE),
          new SimTime(Instant.EPOCH),
          Long.MAX_VALUE,
          () -> false);

  private static final Expr.Call CALL = (Expr.Call) Parser.parse("rate(a[5m])");
  private static final double[] STRANGE = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0,
    -0.0,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e300,
    1e-300
  };

  @Test
  void a_sweep_comes_to_what_each_window_by_itself_comes_to() {
    Map<String, WindowFunction> functions = new HashMap<>(CounterFunctions.all());
    functions.putAll(OverTimeFunctions.all());
    functions.putAll(TrendFunctions.all());
    functions.remove("double_exponential_smoothing"); // is computed window by window
    Seeds.forAll(
        400,
        random -> {
          Points points = series(random);
          Steps steps = steps(random);
          functions.forEach((name, function) -> {
            boolean sums = name.equals("sum_over_time") || name.equals("avg_over_time");
            double[][] scalars =
                name.equals("quantile_over_time") || name.equals("predict_linear")
                    ? shares(steps)
                    : new double[0][];
            double[] swept = swept(function, points, steps, scalars);
            double[] alone = alone(function, points, steps, scalars);
            for (int step = 0; step < steps.count(); step++) {
              if (!same(alone[step], swept[step], sums ? 1e-12 : 0)) {
                assertThat(swept[step])
                    .as("%s at %d of %s", name, step, steps)
                    .isEqualTo(alone[step]);
              }
            }
          });
        });
  }

  @Test
  void lines_are_those_of_compensated_sums() {
    Map<String, RollingLine.Asked> lines =
        Map.of("deriv", TrendFunctions.DERIV, "predict_linear", TrendFunctions.PREDICT);
    double ahead = 600;
    Seeds.forAll(
        200,
        random -> {
          Window window = new Window(steps(random), PLENTY);
          window.load(series(random));
          window.dropMarkers();
          window.place(0);
          double[] found = {0};
          for (int i = 0; i < window.count(); i++) {
            found[0] = Math.max(found[0], Math.abs(window.value(i)));
          }
          double size = found[0];
          if (window.count() < 2 || !(size < 1e100)) {
            return;
          }
          double length = (window.lastTime() - window.firstTime()) / 1000.0;
          double far = (ahead + (window.now() - window.firstTime()) / 1000.0) / length;
          lines.forEach((name, asked) -> {
            double here = RollingLine.numbers(asked).apply(window, new double[] {ahead}, remarks());
            double there = asked.alone(window, new double[] {ahead});
            // What they lose themselves when they cancel.
            double lost = name.equals("deriv") ? size / length : size * (1 + far);
            assertThat(Math.abs(here - there))
                .as("%s of %d samples", name, window.count())
                .isLessThanOrEqualTo(1e-9 * Math.abs(there) + 1e-12 * lost);
          });
        });
  }

  private static boolean same(double alone, double swept, double apart) {
    return Row.isAbsent(alone) == Row.isAbsent(swept)
        && (Double.compare(alone, swept) == 0
            || Math.abs(alone - swept) <= apart * Math.abs(alone));
  }

  private static double[][] shares(Steps steps) {
    double[] q = new double[steps.count()];
    for (int i = 0; i < q.length; i++) {
      q[i] = i / (double) q.length;
    }
    return new double[][] {q};
  }

  private static Points series(Random random) {
    Points points = new Points(0);
    long time = 1_000_000;
    double value = random.nextBoolean() ? 0 : random.nextGaussian() * 1000;
    boolean counter = random.nextBoolean();
    boolean jitter = random.nextBoolean();
    double scale = Math.pow(10, random.nextInt(20) - 10);
    int strange = random.nextInt(4);
    int size = random.nextInt(300);
    for (int i = 0; i < size; i++) {
      time += 15_000 + (jitter ? random.nextInt(2000) : 0);
      if (random.nextInt(30) == 0) {
        time += random.nextInt(400_000);
      }
      double change = counter ? random.nextDouble() : random.nextGaussian();
      value = random.nextInt(40) == 0 ? 0 : value + change * scale;
      if (strange == 0 && random.nextInt(20) == 0) {
        points.add(time, STRANGE[random.nextInt(STRANGE.length)]);
      } else if (strange <= 1 && random.nextInt(20) == 0) {
        points.add(time, Sample.STALE);
      } else if (strange == 2 && random.nextInt(3) == 0) {
        points.add(time, Math.rint(random.nextGaussian()));
      } else {
        points.add(time, value);
      }
    }
    return points;
  }

  private static Steps steps(Random random) {
    long step = new long[] {1, 15_000, 60_000, 61_003, 600_000}[random.nextInt(5)];
    long length = new long[] {1, 15_000, 60_000, 300_000, 3_600_000}[random.nextInt(5)];
    int count = 1 + random.nextInt(100);
    At at = random.nextInt(5) == 0 ? new At.Fixed(2_000_000) : At.STEP;
    return Steps.of(
        new Grid(1_000_000 + random.nextInt(1_000_000), step, count),
        at,
        random.nextInt(3) == 0 ? 123_456 : 0,
        length);
  }

  private static Points copy(Points points) {
    Points copy = new Points(points.size());
    for (int i = 0; i < points.size(); i++) {
      copy.add(points.timestamp(i), points.value(i));
    }
    return copy;
  }

  private static double[] swept(
      WindowFunction function, Points points, Steps steps, double[][] scalars) {
    Window window = new Window(steps, PLENTY);
    WindowFunction.Sweep sweep = function.sweep().get();
    double[] result = new double[steps.count()];
    // Twice, for what is left from the series before must not matter.
    for (int i = 0; i < 2; i++) {
      window.load(copy(points));
      if (!sweep.knowsMarkers()) {
        window.dropMarkers();
      }
      int present = sweep.apply(window, scalars, remarks(), result);
      int counted = 0;
      for (double value : result) {
        counted += Row.isPresent(value) ? 1 : 0;
      }
      assertThat(present).isEqualTo(counted);
    }
    return result;
  }

  private static double[] alone(
      WindowFunction function, Points points, Steps steps, double[][] scalars) {
    double[] result = new double[steps.count()];
    for (int step = 0; step < result.length; step++) {
      Points inside = new Points(0);
      for (int i = 0; i < points.size(); i++) {
        long time = points.timestamp(i);
        boolean in = time > steps.end(step) - steps.length() && time <= steps.end(step);
        if (in && !Sample.isStale(points.value(i))) {
          inside.add(time, points.value(i));
        }
      }
      Window window = new Window(steps, PLENTY);
      window.load(inside);
      window.place(step);
      double[] beside = scalars.length == 0 ? new double[0] : new double[] {scalars[0][step]};
      result[step] =
          inside.isEmpty() ? Row.ABSENT : function.numbers().apply(window, beside, remarks());
    }
    return result;
  }

  private static Remarks remarks() {
    return new Remarks(new Notes(""), CALL);
  }

  @Test
  void histograms_and_numbers_of_one_window_stand_side_by_side() {
    Points points = new Points(0);
    points.add(1000, 1);
    points.add(3000, 3);
    points.add(2000, Histogram.stale());
    points.add(2500, Histogram.stale().with(Histogram.Reset.RESET));
    Window window = new Window(Steps.of(Grid.at(3000), At.STEP, 0, 2500), PLENTY);
    window.load(points);
    window.dropMarkers();
    window.place(0);
    assertThat(window.count()).isEqualTo(2);
    assertThat(window.histogramCount()).isZero();
    assertThat(window.isMixed()).isFalse();
  }
}
