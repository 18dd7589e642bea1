package hinomi.promql.parse;

import hinomi.model.Histogram;
import hinomi.model.histogram.Bucket;
import java.util.List;

/// Native histograms as Prometheus writes them: `{count:7, sum:9, [-0.001,0.001]:1, (0.5,1]:6}`.
/// Stateless.
public final class ShownHistogram {
  private ShownHistogram() {}

  public static String text(Histogram histogram) {
    StringBuilder text = new StringBuilder("{count:");
    text.append(Numbers.general(histogram.count()));
    text.append(", sum:").append(Numbers.general(histogram.sum()));
    append(text, Bucket.negative(histogram).reversed());
    if (histogram.zeroCount() != 0) {
      append(text, List.of(Bucket.zero(histogram)));
    }
    append(text, Bucket.positive(histogram));
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, List<Bucket> buckets) {
    for (Bucket bucket : buckets) {
      if (bucket.count() != 0) {
        text.append(", ").append(bucket.lowerIncluded() ? "[" : "(");
        text.append(Numbers.general(bucket.lower())).append(",");
        text.append(Numbers.general(bucket.upper()));
        text.append(bucket.upperIncluded() ? "]:" : "):");
        text.append(Numbers.general(bucket.count()));
      }
    }
  }
}
