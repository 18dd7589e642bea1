package hinomi.testkit;

import hinomi.model.Histogram;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/// The native histograms of one series as clients send them: counts rise, begin anew, change to a
/// coarser resolution, a wider zero bucket or fewer bounds; gauges go up and down. Zero buckets end
/// where buckets of all resolutions do. One thread.
public final class HistogramLife {
  private static final double[][] BOUNDS = {{1, 2, 5}, {0.5, 1, 2, 5, 10}, {2, 5}};

  private final Random random;
  private final Kind kind;
  private boolean custom;
  private int schema;
  private int threshold;
  private double[] bounds = {};
  private double zeroCount;
  private double count;
  private double sum;
  private final NavigableMap<Integer, Double> positive = new TreeMap<>();
  private final NavigableMap<Integer, Double> negative = new TreeMap<>();

  /// What its buckets are like.
  public enum Kind {
    EXPONENTIAL,
    CUSTOM,
    GAUGE,
    /// With custom bounds now and then.
    FICKLE
  }

  public HistogramLife(Random random, Kind kind) {
    this.random = random;
    this.kind = kind;
    this.custom = kind == Kind.CUSTOM;
    beginAnew();
  }

  /// The next one in time.
  public Histogram next() {
    boolean anew = random.nextInt(25) == 0;
    if (anew) {
      beginAnew();
    } else if (random.nextInt(30) == 0) {
      coarsen();
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      observe(Math.exp(random.nextGaussian() * 2) * (random.nextInt(4) == 0 ? -1 : 1));
    }
    if (kind == Kind.GAUGE) {
      positive.replaceAll((_, there) -> (double) random.nextInt(1 + (int) (there * 2)));
      count = zeroCount + total(positive) + total(negative);
      return histogram(Histogram.Reset.GAUGE);
    }
    Histogram.Reset known = anew ? Histogram.Reset.RESET : Histogram.Reset.NOT_RESET;
    return histogram(random.nextInt(3) == 0 ? known : Histogram.Reset.UNKNOWN);
  }

  private static double total(NavigableMap<Integer, Double> side) {
    return side.values().stream().mapToDouble(each -> each).sum();
  }

  private void beginAnew() {
    if (kind == Kind.FICKLE && random.nextInt(4) == 0) {
      custom = !custom;
    }
    schema = random.nextInt(4);
    threshold = -10 + random.nextInt(3);
    bounds = BOUNDS[random.nextInt(BOUNDS.length)].clone();
    zeroCount = 0;
    count = 0;
    sum = 0;
    positive.clear();
    negative.clear();
  }

  private void coarsen() {
    if (custom) {
      if (bounds.length > 1) {
        int gone = random.nextInt(bounds.length);
        double[] fewer = new double[bounds.length - 1];
        System.arraycopy(bounds, 0, fewer, 0, gone);
        System.arraycopy(bounds, gone + 1, fewer, gone, fewer.length - gone);
        bounds = fewer;
        merge(positive, index -> index > gone ? index - 1 : index);
      }
    } else if (random.nextBoolean() && schema > 0) {
      schema--;
      merge(positive, index -> ((index - 1) >> 1) + 1);
      merge(negative, index -> ((index - 1) >> 1) + 1);
    } else if (threshold < 0) {
      threshold += 2;
      swallow(positive);
      swallow(negative);
    }
  }

  private static void merge(NavigableMap<Integer, Double> side, IntUnaryOperator target) {
    NavigableMap<Integer, Double> merged = new TreeMap<>();
    side.forEach((index, there) -> merged.merge(target.applyAsInt(index), there, Double::sum));
    side.clear();
    side.putAll(merged);
  }

  private void swallow(NavigableMap<Integer, Double> side) {
    NavigableMap<Integer, Double> within = side.headMap(threshold << schema, true);
    zeroCount += total(within);
    within.clear();
  }

  private void observe(double value) {
    count++;
    sum += value;
    if (custom) {
      int at = Arrays.binarySearch(bounds, value);
      positive.merge(at < 0 ? -at - 1 : at, 1.0, Double::sum);
    } else if (Math.abs(value) <= Math.scalb(1.0, threshold)) {
      zeroCount++;
    } else {
      double log = Math.log(Math.abs(value)) / Math.log(2);
      int index = Math.max((threshold << schema) + 1, (int) Math.ceil(Math.scalb(log, schema)));
      (value > 0 ? positive : negative).merge(index, 1.0, Double::sum);
    }
  }

  private Histogram histogram(Histogram.Reset reset) {
    return new Histogram(
        reset,
        custom ? Histogram.CUSTOM_BOUNDS : schema,
        custom ? 0 : Math.scalb(1.0, threshold),
        custom ? 0 : zeroCount,
        count,
        sum,
        buckets(positive),
        custom ? Histogram.Buckets.NONE : buckets(negative),
        custom ? bounds.clone() : new double[0]);
  }

  private static Histogram.Buckets buckets(NavigableMap<Integer, Double> side) {
    int[] spans = new int[2 * side.size()];
    double[] counts = new double[side.size()];
    int i = 0;
    int next = 0;
    for (var each : side.entrySet()) {
      spans[2 * i] = each.getKey() - next;
      spans[2 * i + 1] = 1;
      counts[i++] = each.getValue();
      next = each.getKey() + 1;
    }
    return new Histogram.Buckets(spans, counts);
  }
}
