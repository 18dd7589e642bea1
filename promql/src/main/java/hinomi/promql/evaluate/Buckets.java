package hinomi.promql.evaluate;

import java.util.Optional;

/// The cumulative buckets of one classic histogram at one time, bounds rising. The quantile is that
/// of Prometheus' `BucketQuantile`: linear within a bucket, counting from zero in the lowest.
final class Buckets {
  /// Smaller differences between neighbours are rounding, not observations.
  private static final double NEGLIGIBLE = 1e-12;

  private final double[] bounds;
  private final double[] counts;
  private int size;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private double difference;

  Buckets(int most) {
    bounds = new double[most];
    counts = new double[most];
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Buckets come by rising bounds; the counts of equal bounds add up.
  void add(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
    } else {
      bounds[size] = bound;
      counts[size++] = count;
    }
  }

  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    int last = size - 1;
    if (bounds[last] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    steady();
    if (size < 2 || counts[last] == 0) {
      return Double.NaN;
    }
    double rank = q * counts[last];
    int bucket = 0;
    while (bucket < last && !(counts[bucket] >= rank)) {
      bucket++;
    }
    if (bucket == last) {
      return bounds[last - 1];
    }
    if (bucket == 0) {
      return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
    }
    double below = counts[bucket - 1];
    double start = bounds[bucket - 1];
    return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
  }

  /// The share of observations between two values, linear within a bucket (`BucketFraction`).
  double fraction(double lower, double upper) {
    double total = counts[size - 1];
    if (bounds[size - 1] != Double.POSITIVE_INFINITY
        || total == 0
        || Double.isNaN(lower)
        || Double.isNaN(upper)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (below(upper) - below(lower)) / total;
  }

  /// How many observations lie below a value.
  private double below(double value) {
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    double before = 0;
    for (int i = 0; i < size; i++) {
      if (start >= value) {
        return before;
      }
      if (bounds[i] > value) {
        // Nothing can be said about the inside of a bucket without an end.
        double within =
            Double.isInfinite(start)
                ? counts[i]
                : before + (counts[i] - before) * (value - start) / (bounds[i] - start);
        return Math.min(within, counts[size - 1]);
      }
      before = counts[i];
      start = bounds[i];
    }
    return counts[size - 1];
  }

  /// Raises counts that are lower than that of a smaller bucket, and remembers it.
  private void steady() {
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count != before && negligible(before, count)) {
        counts[i] = before;
      } else if (count < before) {
        counts[i] = before;
        lowest = Math.min(lowest, bounds[i]);
        highest = Math.max(highest, bounds[i]);
        difference = Math.max(difference, before - count);
      } else {
        before = count;
      }
    }
  }

  private static boolean negligible(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    double sum = Math.abs(a) + Math.abs(b);
    double apart = Math.abs(a - b);
    boolean tiny = a == 0 || b == 0 || sum < Double.MIN_NORMAL;
    return tiny
        ? apart < NEGLIGIBLE * Double.MIN_NORMAL
        : apart / Math.min(sum, Double.MAX_VALUE) < NEGLIGIBLE;
  }

  /// What had to be raised, if anything.
  Optional<Notes.Unsteady> unsteady(long time) {
    return highest == Double.NEGATIVE_INFINITY
        ? Optional.empty()
        : Optional.of(new Notes.Unsteady(lowest, highest, difference, 1, time, time));
  }
}
