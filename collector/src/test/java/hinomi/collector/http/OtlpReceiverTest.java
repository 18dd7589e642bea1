package hinomi.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hinomi.collector.Listening;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Metadata;
import hinomi.model.Sample;
import hinomi.wire.OtlpLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtlpReceiverTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000L;
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String TWO_SUMS =
      """
      {"resourceMetrics":[{"resource":{"attributes":[
        {"key":"service.name","value":{"stringValue":"shop"}}]},"scopeMetrics":[{"metrics":[
        {"name":"orders","sum":{"isMonotonic":true,"aggregationTemporality":%d,
         "dataPoints":[{"timeUnixNano":"1772409600000000000","asInt":"7"}]}}]}]}]}\
      """;

  @TempDir Path directory;
  private Listening listening;

  @BeforeEach
  void start() {
    listening = new Listening(directory, NOW);
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  private HttpResponse<byte[]> post(String path, String type, byte[] body, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Content-Type";
    headers[1] = type;
    System.arraycopy(more, 0, headers, 2, more.length);
    return listening.send("POST", path, body, headers);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  @Test
  void metricsInJsonAreStoredUnderPrometheusNames() {
    HttpResponse<byte[]> response =
        post("/v1/metrics", JSON, TWO_SUMS.formatted(2).getBytes(UTF_8));
    assertEquals("200 {}", response.statusCode() + " " + text(response));
    assertEquals(JSON, response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        List.of(
            new Sample(Labels.of("__name__", "orders_total", "job", "shop"), NANOS / 1_000_000, 7)),
        listening.takeSamples());
  }

  @Test
  void deltaSumsAddUp() {
    String sum =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"orders","description":"Orders",
         "unit":"{order}","sum":{"isMonotonic":true,"aggregationTemporality":1,"dataPoints":[
         {"startTimeUnixNano":"%d","timeUnixNano":"%d","asInt":"7","exemplars":[
          {"timeUnixNano":"%d","asInt":"1","traceId":"670c6eb982b904a89ae8c2fe41188ab2"}]}]}}]}]}]}\
        """;
    for (int i = 0; i < 3; i++) {
      long start = NANOS + i * 60_000_000_000L;
      long end = start + 60_000_000_000L;
      String body = sum.formatted(start, end, end);
      assertEquals("{}", text(post("/v1/metrics", JSON, body.getBytes(UTF_8))));
    }
    assertEquals(
        List.of(7.0, 14.0, 21.0), listening.takeSamples().stream().map(Sample::value).toList());
    String late = sum.formatted(NANOS, NANOS + 90_000_000_000L, NANOS);
    assertTrue(
        text(post("/v1/metrics", JSON, late.getBytes(UTF_8))).contains("delta_out_of_order"));
    assertEquals(1, listening.count("hinomi.collector.dropped", "reason", "delta_out_of_order"));
    assertEquals(
        new Metadata("orders_total", "counter", "Orders", ""), listening.metadata().getFirst());
    assertEquals(
        Labels.of("trace_id", "670c6eb982b904a89ae8c2fe41188ab2"),
        listening.exemplars().getFirst().labels());
  }

  @Test
  void exponentialHistogramsBecomeNativeOnesAndDeltasOfThemAddUp() {
    String histogram =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"lat","unit":"s",
         "exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[
         {"startTimeUnixNano":"%d","timeUnixNano":"%d","count":"6","sum":12,"scale":%d,"zeroCount":"1",
          "positive":{"offset":-1,"bucketCounts":["2","0","3"]}}]}}]}]}]}\
        """;
    for (int i = 0; i < 2; i++) {
      String body =
          histogram.formatted(NANOS + i * 1_000_000_000L, NANOS + (i + 1) * 1_000_000_000L, 3 - i);
      assertEquals("{}", text(post("/v1/metrics", JSON, body.getBytes(UTF_8))));
    }
    Histogram total = listening.histograms().getLast().value();
    assertEquals(12, total.count());
    assertEquals(24, total.sum());
    assertEquals(2, total.zeroCount());
    assertEquals(2, total.schema());
    // At scale 3 the buckets 0 and 2, which are 0 and 1 at scale 2; there 0 and 2 come on top.
    assertEquals(new Histogram.Buckets(new int[] {0, 3}, new double[] {4, 3, 3}), total.positive());
    assertEquals("lat_seconds", listening.histograms().getLast().labels().metric());
    String bad = histogram.formatted(NANOS, NANOS, -5);
    assertTrue(text(post("/v1/metrics", JSON, bad.getBytes(UTF_8))).contains("bad_histogram"));
  }

  @Test
  void theAgentsLogsArriveAsTheyWereSentEvenZipped() throws IOException {
    List<LogRecord> records =
        List.of(
            new LogRecord(Labels.of("job", "api", "service_name", "x"), NANOS, "one"),
            new LogRecord(Labels.of("job", "db"), NANOS + 1, "two", Labels.of("level", "warn")));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(OtlpLogs.encode(records));
    }
    HttpResponse<byte[]> response =
        post("/v1/logs", PROTOBUF, zipped.toByteArray(), "Content-Encoding", "gzip");
    assertEquals(200, response.statusCode());
    assertEquals(0, response.body().length);
    assertEquals(records, listening.logs);
  }

  @Test
  void logsFromAnotherTimeAreRefusedAndTheOthersStored() {
    LogRecord good = new LogRecord(Labels.of("job", "a"), NANOS + 590L * 1_000_000_000L, "good");
    LogRecord ahead = new LogRecord(Labels.of("job", "a"), NANOS + 601L * 1_000_000_000L, "ahead");
    LogRecord old = new LogRecord(Labels.of("job", "a"), NANOS - 605_000L * 1_000_000_000L, "old");
    HttpResponse<byte[]> response =
        post("/otlp/v1/logs", PROTOBUF, OtlpLogs.encode(List.of(ahead, good, old)));
    assertEquals(200, response.statusCode());
    assertTrue(text(response).contains("2 of 3 log records not stored"), text(response));
    assertEquals(List.of(good), listening.logs);
  }

  @Test
  void aLineThatIsTooLongIsCutAndMarked() {
    String line = "😀".repeat(140_000);
    LogRecord record = new LogRecord(Labels.of("job", "a"), NANOS, "x" + line);
    assertEquals(200, post("/v1/logs", PROTOBUF, OtlpLogs.encode(List.of(record))).statusCode());
    LogRecord stored = listening.logs.getFirst();
    assertEquals((256 << 10) - 1, stored.line().length());
    assertTrue(record.line().startsWith(stored.line()));
    assertEquals("true", stored.metadata().get("truncated"));
    assertEquals(1, listening.count("hinomi.collector.cut"));
  }

  @Test
  void tracesAreAnsweredWithAllSpansRejected() {
    String spans =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\"},{\"name\":\"b\"}]}]}]}";
    HttpResponse<byte[]> response = post("/v1/traces", JSON, spans.getBytes(UTF_8));
    assertEquals(200, response.statusCode());
    assertTrue(text(response).contains("\"rejectedSpans\":\"2\""), text(response));
    assertEquals("{}", text(post("/v1/traces", JSON, "{}".getBytes(UTF_8))));
    assertEquals(2, listening.count("hinomi.collector.dropped", "signal", "traces"));
  }

  @Test
  void failuresCarryAStatusInTheRequestsFormat() {
    HttpResponse<byte[]> bad = post("/v1/metrics", JSON, "{".getBytes(UTF_8));
    assertEquals(400, bad.statusCode());
    assertTrue(text(bad).startsWith("{\"code\":3,\"message\":\"not JSON"), text(bad));
    assertEquals(400, post("/v1/logs", PROTOBUF, new byte[] {1, 2, 3}).statusCode());
    assertEquals(415, post("/v1/logs", "text/plain", new byte[0]).statusCode());
    listening.broken = "closing";
    HttpResponse<byte[]> later = post("/v1/metrics", JSON, TWO_SUMS.formatted(2).getBytes(UTF_8));
    assertEquals(503, later.statusCode());
    assertEquals("1", later.headers().firstValue("Retry-After").orElse(""));
  }

  @Test
  void anEmptyRequestIsASuccess() {
    for (String path : List.of("/v1/metrics", "/v1/logs", "/v1/traces")) {
      assertEquals(200, post(path, PROTOBUF, new byte[0]).statusCode());
      assertEquals("{}", text(post(path, JSON, "{}".getBytes(UTF_8))));
    }
  }
}
