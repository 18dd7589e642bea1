package hinomi.testkit;

import hinomi.model.Histogram;
import hinomi.model.histogram.Bucket;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Tells whether two native histograms say the same but for rounding, however their buckets are cut
/// into runs and whether empty ones are written. Stateless.
public final class NearHistograms {
  private NearHistograms() {}

  /// @param tolerance of all numbers, in shares of the largest of each histogram
  public static boolean are(Histogram one, Histogram other, double tolerance) {
    double most = tolerance * Math.max(size(one), size(other));
    return one.reset() == other.reset()
        && one.schema() == other.schema()
        && one.zeroThreshold() == other.zeroThreshold()
        && Arrays.equals(one.bounds(), other.bounds())
        && Math.abs(one.count() - other.count()) <= most
        && Math.abs(one.sum() - other.sum()) <= most
        && Math.abs(one.zeroCount() - other.zeroCount()) <= most
        && near(counts(one), counts(other), most);
  }

  private static double size(Histogram histogram) {
    return Math.max(1, Math.max(Math.abs(histogram.count()), Math.abs(histogram.sum())));
  }

  private static Map<Double, Double> counts(Histogram histogram) {
    Map<Double, Double> counts = new TreeMap<>();
    Bucket.positive(histogram).forEach(each -> counts.put(each.upper(), each.count()));
    Bucket.negative(histogram).forEach(each -> counts.put(each.lower(), each.count()));
    return counts;
  }

  private static boolean near(Map<Double, Double> one, Map<Double, Double> other, double most) {
    Map<Double, Double> all = new TreeMap<>(one);
    other.forEach((bound, count) -> all.merge(bound, -count, Double::sum));
    return all.values().stream().allMatch(difference -> Math.abs(difference) <= most);
  }
}
