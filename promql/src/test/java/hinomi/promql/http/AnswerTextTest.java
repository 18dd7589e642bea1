package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerTextTest {
  private static final Histogram EMPTY =
      new Histogram(
          Histogram.Reset.UNKNOWN,
          0,
          0,
          0,
          0,
          0,
          Histogram.Buckets.NONE,
          Histogram.Buckets.NONE,
          new double[0]);

  private static String written(Answer answer) {
    JsonBytes json = new JsonBytes(AnswerText.expected(answer), Integer.MAX_VALUE);
    AnswerText.write(answer, Integer.MAX_VALUE, json);
    return new String(json.toBytes(), StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static Series series(List<Series.HistogramAt> histograms, double... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_000L * (i + 1);
    }
    return new Series(Labels.of("a", "b"), times, values, histograms);
  }

  @Test
  void a_native_histogram_shows_its_buckets_with_their_boundaries() {
    Histogram histogram =
        new Histogram(
            Histogram.Reset.UNKNOWN,
            0,
            0.001,
            2,
            10,
            18.4,
            new Histogram.Buckets(new int[] {0, 2, 1, 1}, new double[] {1, 2, 0}),
            new Histogram.Buckets(new int[] {1, 2}, new double[] {3, 2}),
            new double[0]);
    Series mixed = series(List.of(new Series.HistogramAt(1_500, histogram)), 7);
    assertThat(written(new Answer.Matrix(List.of(mixed), List.of(), List.of())))
        .isEqualTo(
            "'resultType':'matrix','result':[{'metric':{'a':'b'},'values':[[1,'7']],"
                + "'histograms':[[1.500,{'count':'10','sum':'18.4','buckets':["
                + "[1,'-4','-2','2'],[1,'-2','-1','3'],[3,'-0.001','0.001','2'],"
                + "[0,'0.5','1','1'],[0,'1','2','2']]}]]}]");
  }

  @Test
  void a_vector_shows_numbers_then_histograms_up_to_the_limit() {
    Labels labels = Labels.of("a", "b");
    Answer answer =
        new Answer.Vector(
            List.of(new Sample(labels, 1_000, 1), new Sample(labels, 1_000, 2)),
            List.of(new HistogramSample(labels, 1_000, EMPTY)),
            List.of(),
            List.of());
    assertThat(written(answer))
        .isEqualTo(
            "'resultType':'vector','result':[{'metric':{'a':'b'},'value':[1,'1']},"
                + "{'metric':{'a':'b'},'value':[1,'2']},"
                + "{'metric':{'a':'b'},'histogram':[1,{'count':'0','sum':'0'}]}]");
    for (int limit = 1; limit <= 3; limit++) {
      JsonBytes json = new JsonBytes(0, Integer.MAX_VALUE);
      assertThat(AnswerText.write(answer, limit, json)).isEqualTo(limit < 3);
      assertThat(new String(json.toBytes(), StandardCharsets.UTF_8).split("metric"))
          .hasSize(limit + 1);
    }
  }

  @Test
  void an_empty_histogram_has_no_buckets() {
    Series alone = series(List.of(new Series.HistogramAt(1_000, EMPTY)));
    assertThat(written(new Answer.Matrix(List.of(alone), List.of(), List.of())))
        .isEqualTo(
            "'resultType':'matrix','result':[{'metric':{'a':'b'},"
                + "'histograms':[[1,{'count':'0','sum':'0'}]]}]");
  }

  @Test
  void what_is_left_out_is_told() {
    Answer answer =
        new Answer.Matrix(
            List.of(series(List.of(), 1), series(List.of(), 2)), List.of(), List.of());
    JsonBytes json = new JsonBytes(0, Integer.MAX_VALUE);
    assertThat(AnswerText.write(answer, 1, json)).isTrue();
    assertThat(new String(json.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "\"resultType\":\"matrix\",\"result\":"
                + "[{\"metric\":{\"a\":\"b\"},\"values\":[[1,\"1\"]]}]");
  }
}
