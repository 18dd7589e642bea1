package hinomi.promql.http;

import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.Answer;
import java.util.List;

/// A query's answer as JSON, in the shape of Prometheus' API: `resultType` and `result`.
final class AnswerText {
  /// `[1795191600,"1"],`
  static final int SHORTEST_POINT = 17;

  private static final int METRIC = 200;
  private static final int POINT = 32;
  private static final int HISTOGRAM = 600;

  private AnswerText() {}

  /// About how many bytes it will take, so that there is little copying.
  static long expected(Answer answer) {
    return switch (answer) {
      case Answer.Vector vector ->
          1024
              + (long) vector.samples().size() * (METRIC + POINT)
              + (long) vector.histograms().size() * (METRIC + HISTOGRAM);
      case Answer.Matrix matrix -> {
        long bytes = 1024;
        for (Series series : matrix.series()) {
          bytes +=
              METRIC
                  + (long) POINT * series.timestamps().length
                  + (long) HISTOGRAM * series.histograms().size();
        }
        yield bytes;
      }
      case Answer.Scalar _, Answer.Text _ -> 256;
    };
  }

  /// Writes the two keys. Envelope whether series were left out.
  ///
  /// @param limit of vectors and matrices: series listed at most
  static boolean write(Answer answer, int limit, JsonBytes json) {
    switch (answer) {
      case Answer.Vector vector -> {
        return vector(vector, limit, json.raw("\"resultType\":\"vector\",\"result\":"));
      }
      case Answer.Matrix matrix -> {
        return matrix(matrix.series(), limit, json.raw("\"resultType\":\"matrix\",\"result\":"));
      }
      case Answer.Scalar scalar -> {
        json.raw("\"resultType\":\"scalar\",\"result\":").point(scalar.timestamp(), scalar.value());
        return false;
      }
      case Answer.Text text -> {
        json.raw("\"resultType\":\"string\",\"result\":[").seconds(text.timestamp());
        json.raw(",").text(text.value()).raw("]");
        return false;
      }
    }
  }

  private static boolean vector(Answer.Vector vector, int limit, JsonBytes json) {
    json.raw("[");
    int left = limit;
    for (Sample sample : vector.samples()) {
      if (left-- == 0) {
        break;
      }
      metric(sample.labels(), json);
      json.raw("\"value\":").point(sample.timestamp(), sample.value()).raw("},");
    }
    for (HistogramSample sample : vector.histograms()) {
      if (left-- <= 0) {
        break;
      }
      metric(sample.labels(), json);
      json.raw("\"histogram\":");
      HistogramText.write(sample.timestamp(), sample.value(), json);
      json.raw("},");
    }
    json.end(']');
    return (long) vector.samples().size() + vector.histograms().size() > limit;
  }

  private static boolean matrix(List<Series> all, int limit, JsonBytes json) {
    json.raw("[");
    for (Series series : all.subList(0, Math.min(limit, all.size()))) {
      metric(series.labels(), json);
      if (series.timestamps().length > 0 || series.histograms().isEmpty()) {
        json.raw("\"values\":").points(series.timestamps(), series.values()).raw(",");
      }
      if (!series.histograms().isEmpty()) {
        json.raw("\"histograms\":[");
        for (Series.HistogramAt at : series.histograms()) {
          HistogramText.write(at.timestamp(), at.value(), json);
          json.raw(",");
        }
        json.end(']').raw(",");
      }
      json.end('}').raw(",");
    }
    json.end(']');
    return all.size() > limit;
  }

  /// Begins an element.
  private static void metric(Labels labels, JsonBytes json) {
    json.raw("{\"metric\":").labels(labels).raw(",");
  }
}
