package hinomi.promql.http;

import hinomi.model.Histogram;
import hinomi.model.histogram.Bucket;

/// Native histograms as Prometheus' API writes them: count, sum, and the buckets that hold anything
/// as `[boundaries,"lower","upper","count"]`.
final class HistogramText {
  private HistogramText() {}

  /// `[time,{…}]`
  static void write(long millis, Histogram histogram, JsonBytes json) {
    json.raw("[").seconds(millis).raw(",{\"count\":").quoted(histogram.count());
    json.raw(",\"sum\":").quoted(histogram.sum());
    String begin = ",\"buckets\":[";
    for (Bucket bucket : Bucket.populated(histogram)) {
      json.raw(begin).raw("[").whole(bucket.boundaries()).raw(",").quoted(bucket.lower());
      json.raw(",").quoted(bucket.upper()).raw(",").quoted(bucket.count()).raw("]");
      begin = ",";
    }
    json.raw(begin.equals(",") ? "]}]" : "}]");
  }
}
