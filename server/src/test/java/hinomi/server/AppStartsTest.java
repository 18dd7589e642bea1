package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.testkit.RemoteWriteBodies;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Start timestamps from a sender to an answer: of a counter that was born between two pushes the
/// first value counts, where `metric-store.start-timestamps` says so, and as by Prometheus' default
/// where it does not.
final class AppStartsTest {
  private static final long NOW = 1_700_006_400_000L;
  private static final String KEEP = "metric-store.start-timestamps";

  @Test
  void theFirstValueOfACounterCountsWhereStartsAreKept(@TempDir Path top) throws IOException {
    Site site = Site.small(top);
    try (Running app = started(site, "true")) {
      send(app);
      judgeKept(app);
    }
    try (Running app = started(site, "true")) {
      judgeKept(app);
    }
    try (Running app = started(site, "false")) {
      judgeKept(app); // what is kept already stays
    }
  }

  private static void judgeKept(Running app) {
    // The counters are 3 and 7 from their first sample on, and were 0 a while before it.
    assertThat(app.value("increase(errors_total[5m])").orElseThrow()).isBetween(3.0, 3.5);
    assertThat(app.value("increase(orders_total[5m])").orElseThrow()).isBetween(7.0, 8.0);
    assertThat(app.value("histogram_count(increase(wait[5m]))").orElseThrow()).isBetween(4.0, 5.0);
    assertThat(app.value("start_timestamp(errors_total)")).contains(NOW / 1000.0 - 70);
    assertThat(app.value("start_timestamp(orders_total)")).contains(NOW / 1000.0 - 65);
    assertThat(app.value("start_timestamp(wait)")).contains(NOW / 1000.0 - 40);
    assertThat(app.value("start_timestamp(level)")).contains(0.0);
  }

  @Test
  void byDefaultTheyDoNotCountAsInPrometheus(@TempDir Path top) throws IOException {
    try (Running app = new Running(Site.small(top).read(), time())) {
      send(app);
      assertThat(app.value("increase(errors_total[5m])")).contains(0.0);
      assertThat(app.value("increase(orders_total[5m])")).contains(0.0);
      assertThat(app.value("histogram_count(increase(wait[5m]))")).isEmpty();
      assertThat(app.value("start_timestamp(errors_total)")).contains(0.0);
    }
  }

  private static SimTime time() {
    return new SimTime(Instant.ofEpochMilli(NOW));
  }

  private static Running started(Site site, String keep) {
    return new Running(site.read(KEEP, keep), time());
  }

  private static void send(Running app) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode series =
        json.readTree(
            """
            [{"labels": {"__name__": "errors_total"},
              "samples": [["3", -60000, -70000], ["3", -30000, -70000], ["3", 0, -70000]]},
             {"labels": {"__name__": "level"}, "samples": [["3", 0]]}]
            """);
    Running.Answer written =
        app.send(
            "POST",
            app.web() + "/api/v1/write",
            new RemoteWriteBodies(NOW).body(json.readTree("{\"proto\": \"v2\"}"), series),
            "Content-Type",
            "application/x-protobuf;proto=io.prometheus.write.v2.Request",
            "Content-Encoding",
            "snappy");
    assertThat(written.status()).isEqualTo(204);
    String point = "{\"startTimeUnixNano\":\"%d\",\"timeUnixNano\":\"%d\",";
    String orders = point + "\"asInt\":\"7\"}";
    String wait =
        point
            + "\"count\":\"4\",\"sum\":8,\"scale\":0,\"positive\":{\"offset\":0,\"bucketCounts\":[\"4\"]}}";
    String body =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
          {"name":"orders","sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[%s,%s,%s]}},
          {"name":"wait","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[%s]}}]}]}]}
        """
            .formatted(
                orders.formatted(nanos(-65), nanos(-60)),
                orders.formatted(nanos(-65), nanos(-30)),
                orders.formatted(nanos(-65), nanos(0)),
                wait.formatted(nanos(-40), nanos(-2)));
    assertThat(app.post(app.otlp() + "/v1/metrics", "application/json", body).status())
        .isEqualTo(200);
  }

  private static long nanos(int seconds) {
    return NOW * 1_000_000 + seconds * 1_000_000_000L;
  }
}
