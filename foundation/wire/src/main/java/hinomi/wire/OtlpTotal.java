package hinomi.wire;

import hinomi.model.Histogram;
import java.util.Arrays;
import java.util.Optional;

/// What one OTLP data point tells, apart from when and of what: since its start for cumulative
/// temporality, since the last one for delta. Immutable.
public sealed interface OtlpTotal {
  /// Both together; empty when they do not fit, as after a change of the bounds.
  Optional<OtlpTotal> plus(OtlpTotal other);

  /// A sum.
  record Sum(double value) implements OtlpTotal {
    @Override
    public Optional<OtlpTotal> plus(OtlpTotal other) {
      return other instanceof Sum(double more)
          ? Optional.of(new Sum(value + more))
          : Optional.empty();
    }
  }

  /// A histogram with explicit bounds.
  ///
  /// @param bounds upper bounds without +Inf
  /// @param counts of each bucket by itself, one more than bounds; or none
  /// @param sum NaN when it was not told
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Explicit(double[] bounds, double[] counts, double count, double sum) implements OtlpTotal {
    @Override
    public Optional<OtlpTotal> plus(OtlpTotal other) {
      if (!(other instanceof Explicit more)
          || !Arrays.equals(bounds, more.bounds)
          || counts.length != more.counts.length) {
        return Optional.empty();
      }
      double[] both = counts.clone();
      for (int i = 0; i < both.length; i++) {
        both[i] += more.counts[i];
      }
      return Optional.of(new Explicit(bounds, both, count + more.count, sum + more.sum));
    }
  }

  /// A histogram with exponential buckets.
  record Exponential(Histogram histogram) implements OtlpTotal {
    /// Twice what SDKs send; a distribution that moves would need more and more.
    private static final int MAX_BUCKETS = 320;

    private static final int MIN_SCHEMA = -4;

    @Override
    public Optional<OtlpTotal> plus(OtlpTotal other) {
      if (!(other instanceof Exponential(Histogram more))
          || histogram.zeroThreshold() != more.zeroThreshold()) {
        return Optional.empty();
      }
      int schema = Math.min(histogram.schema(), more.schema());
      Histogram.Buckets positive = sum(histogram.positive(), more.positive(), more, schema);
      Histogram.Buckets negative = sum(histogram.negative(), more.negative(), more, schema);
      while (positive.counts().length + negative.counts().length > MAX_BUCKETS
          && schema > MIN_SCHEMA) {
        schema--;
        positive = BucketRuns.reduced(positive, 1);
        negative = BucketRuns.reduced(negative, 1);
      }
      return Optional.of(
          new Exponential(
              new Histogram(
                  Histogram.Reset.UNKNOWN,
                  schema,
                  histogram.zeroThreshold(),
                  histogram.zeroCount() + more.zeroCount(),
                  histogram.count() + more.count(),
                  histogram.sum() + more.sum(),
                  positive,
                  negative,
                  histogram.bounds())));
    }

    private Histogram.Buckets sum(
        Histogram.Buckets own, Histogram.Buckets theirs, Histogram more, int schema) {
      return BucketRuns.sum(
          BucketRuns.reduced(own, histogram.schema() - schema),
          BucketRuns.reduced(theirs, more.schema() - schema));
    }
  }
}
