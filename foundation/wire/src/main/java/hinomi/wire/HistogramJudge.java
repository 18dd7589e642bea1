package hinomi.wire;

import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;

/// Makes a [Histogram] of what a sender wrote, or says what is wrong with it, by the rules that
/// Prometheus holds its own against (model/histogram, `Validate`): a schema that is known, as many
/// counts as the spans ask for, none negative, and no more in the buckets than were counted.
/// Resolutions finer than can be stored (schema 9 to 52) are lowered to schema 8. Stateless.
final class HistogramJudge {
  private static final int MIN_SCHEMA = -4;
  private static final int MAX_SCHEMA = 8;
  private static final int MAX_REDUCIBLE_SCHEMA = 52;
  private static final double[] NO_BOUNDS = {};

  private HistogramJudge() {}

  sealed interface Verdict {
    record Good(Histogram histogram) implements Verdict {}

    /// @param reason the word for the counter
    record Bad(String reason, String sentence) implements Verdict {}
  }

  static Verdict judge(RawHistogram raw) {
    if (raw.isStale()) {
      return new Verdict.Good(Histogram.stale());
    }
    boolean custom = raw.schema == Histogram.CUSTOM_BOUNDS;
    if (!custom && (raw.schema < MIN_SCHEMA || raw.schema > MAX_REDUCIBLE_SCHEMA)) {
      return new Verdict.Bad("histogram_schema", "there is no schema " + raw.schema);
    }
    try {
      if (custom) {
        customBounds(raw);
      } else if (raw.bounds.size > 0) {
        throw new Wrong("histogram_bounds", "has custom bounds, but its schema has not");
      }
      int most = custom ? raw.bounds.size + 1 : Integer.MAX_VALUE;
      Buckets positive = buckets(raw, raw.positive, custom, most);
      Buckets negative = buckets(raw, raw.negative, custom, most);
      counts(raw, positive, negative);
      return new Verdict.Good(histogram(raw, positive, negative));
    } catch (Wrong e) {
      return new Verdict.Bad(e.reason, "a native histogram " + e.sentence);
    }
  }

  /// Leaves the examination.
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String reason;
    private final String sentence;

    Wrong(String reason, String sentence) {
      super(sentence, null, false, false);
      this.reason = reason;
      this.sentence = sentence;
    }
  }

  private static Histogram histogram(RawHistogram raw, Buckets positive, Buckets negative) {
    int finer = (int) Math.max(0, raw.schema - MAX_SCHEMA);
    return new Histogram(
        raw.reset(),
        (int) raw.schema - finer,
        raw.zeroThreshold,
        raw.zeroCount(),
        raw.count(),
        raw.sum,
        finer == 0 ? positive : BucketRuns.reduced(positive, finer),
        finer == 0 ? negative : BucketRuns.reduced(negative, finer),
        raw.bounds.size == 0 ? NO_BOUNDS : raw.bounds.toArray());
  }

  private static void customBounds(RawHistogram raw) {
    if (raw.zeroCount() != 0 || raw.zeroThreshold != 0 || !raw.negative.isEmpty()) {
      throw new Wrong(
          "histogram_bounds", "with custom bounds has a zero bucket or negative buckets");
    }
    if (raw.bounds.size > RawHistogram.MAX_BUCKETS) {
      throw tooMany();
    }
    for (int i = 0; i < raw.bounds.size; i++) {
      double bound = raw.bounds.values[i];
      if (Double.isNaN(bound)
          || bound == Double.POSITIVE_INFINITY
          || (i > 0 && raw.bounds.values[i - 1] >= bound)) {
        throw new Wrong("histogram_bounds", "has custom bounds that do not rise up to +Inf");
      }
    }
  }

  private static Wrong tooMany() {
    return new Wrong("histogram_buckets", "has more than " + RawHistogram.MAX_BUCKETS + " buckets");
  }

  /// @param most the index behind the last bucket there may be
  private static Buckets buckets(
      RawHistogram raw, RawHistogram.Side side, boolean custom, int most) {
    if (side.isEmpty()) {
      return Buckets.NONE;
    }
    int given = raw.integers ? side.deltas.size : side.counts.size;
    int other = raw.integers ? side.counts.size : side.deltas.size;
    if (given > RawHistogram.MAX_BUCKETS || side.spans.size > 2 * RawHistogram.MAX_BUCKETS) {
      throw tooMany();
    }
    if (other > 0) {
      throw new Wrong("histogram_buckets", "has integer and float buckets");
    }
    int[] spans = spans(side, custom, given, most);
    return new Buckets(spans, raw.integers ? summed(side.deltas) : positive(side.counts));
  }

  private static int[] spans(RawHistogram.Side side, boolean custom, int given, int most) {
    int[] spans = new int[side.spans.size];
    long index = 0;
    long buckets = 0;
    for (int i = 0; i < spans.length; i += 2) {
      long offset = side.spans.values[i];
      long length = side.spans.values[i + 1];
      index += offset + length;
      buckets += length;
      if (offset < 0 && (i > 0 || custom)) {
        throw new Wrong("histogram_spans", "has a span that begins before the end of another");
      }
      if (index > most || index != (int) index || buckets > given) {
        throw new Wrong("histogram_spans", "has spans for more buckets than there are");
      }
      spans[i] = (int) offset;
      spans[i + 1] = (int) length;
    }
    if (buckets != given) {
      throw new Wrong(
          "histogram_spans", "has spans for " + buckets + " buckets, but " + given + " buckets");
    }
    return spans;
  }

  private static double[] summed(RawHistogram.Longs deltas) {
    double[] counts = new double[deltas.size];
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      long next = count + deltas.values[i];
      if (next < 0) {
        throw negative();
      }
      count = next;
      counts[i] = count;
    }
    return counts;
  }

  private static double[] positive(RawHistogram.Doubles counts) {
    double[] copy = counts.toArray();
    for (double count : copy) {
      if (count < 0) {
        throw negative();
      }
    }
    return copy;
  }

  private static Wrong negative() {
    return new Wrong("histogram_negative_count", "counts less than nothing");
  }

  /// Floats are not held against the count: their sum depends on the order.
  private static void counts(RawHistogram raw, Buckets positive, Buckets negative) {
    if (raw.count() < 0 || raw.zeroCount() < 0) {
      throw negative();
    }
    if (!raw.integers) {
      return;
    }
    double inBuckets = sum(positive) + sum(negative) + raw.zeroCount();
    boolean fits = Double.isNaN(raw.sum) ? inBuckets <= raw.count() : inBuckets == raw.count();
    if (!fits) {
      throw new Wrong(
          "histogram_count",
          "holds "
              + OtlpValues.number(inBuckets)
              + " observations in its buckets, its count is "
              + OtlpValues.number(raw.count()));
    }
  }

  private static double sum(Buckets buckets) {
    double sum = 0;
    for (double count : buckets.counts()) {
      sum += count;
    }
    return sum;
  }
}
