package hinomi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hinomi.model.WriteBatch;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Which samples of OTLP tell since when they count: those that only rise.
final class OtlpStartsTest {
  private static final String POINT =
      "\"startTimeUnixNano\":\"1000000000\",\"timeUnixNano\":\"9000000000\"";

  @Test
  void countersHistogramsAndSummariesDoAndGaugesDoNot() {
    Map<String, Long> starts =
        starts(
            sum("rises", true, 2, "")
                + ","
                + sum("both_ways", false, 2, "")
                + ","
                + sum("ended", true, 2, ",\"flags\":1")
                + ",{\"name\":\"level\",\"gauge\":{\"dataPoints\":[{%s,\"asInt\":\"1\"}]}}"
                    .formatted(POINT)
                + """
                ,{"name":"wait","histogram":{"aggregationTemporality":2,"dataPoints":[
                  {%s,"count":"1","sum":1,"explicitBounds":[1],"bucketCounts":["1","0"]}]}}
                ,{"name":"took","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
                  {%s,"count":"1","sum":1,"positive":{"bucketCounts":["1"]}}]}}
                ,{"name":"size","summary":{"dataPoints":[
                  {%s,"count":"1","sum":1,"quantileValues":[{"quantile":0.5,"value":1}]}]}}
                """
                    .formatted(POINT, POINT, POINT));
    assertEquals(
        "{both_ways=0, ended_total=0, level=0, rises_total=1000, size=0, size_count=1000,"
            + " size_sum=1000, took=1000, wait_bucket=1000, wait_count=1000, wait_sum=1000}",
        starts.toString());
  }

  @Test
  void whatIsAddedUpTellsSinceWhenThatBegan() {
    assertEquals("{rises_total=77}", starts(sum("rises", true, 1, "")).toString());
  }

  private static String sum(String name, boolean rises, int temporality, String more) {
    return """
    {"name":"%s","sum":{"isMonotonic":%s,"aggregationTemporality":%d,"dataPoints":[
      {%s,"asInt":"1"%s}]}}
    """
        .formatted(name, rises, temporality, POINT, more);
  }

  private static Map<String, Long> starts(String metrics) {
    String body = "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[" + metrics + "]}]}]}";
    OtlpDeltas deltas = (_, _, _, delta) -> new OtlpDeltas.Answer.Counted(delta, 77_000_000);
    OtlpMetrics.Decoded decoded = OtlpMetrics.decode(OtlpFormat.JSON, body.getBytes(UTF_8), deltas);
    WriteBatch batch = decoded.batch();
    Map<String, Long> starts = new TreeMap<>();
    for (int i = 0; i < batch.seriesCount(); i++) {
      for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
        starts.put(batch.labels(i).metric(), batch.start(p));
      }
    }
    for (WriteBatch.HistogramPoint point : batch.histograms()) {
      starts.put(batch.labels(point.series()).metric(), point.start());
    }
    return starts;
  }
}
