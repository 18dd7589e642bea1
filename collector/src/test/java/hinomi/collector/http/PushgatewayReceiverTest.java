package hinomi.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import hinomi.collector.Listening;
import hinomi.model.BadInput;
import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushgatewayReceiverTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final double SECONDS = NOW.getEpochSecond();

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

  private int send(String method, String path, String text) {
    return listening
        .send(method, path, text.getBytes(UTF_8), "Content-Type", "text/plain; version=0.0.4")
        .statusCode();
  }

  /// What was stored since the last look: series to value, stale or number.
  private Map<String, String> stored() {
    return listening.takeSamples().stream()
        .collect(
            toMap(
                s -> s.labels().toString(),
                s -> Sample.isStale(s.value()) ? "stale" : "" + s.value()));
  }

  @Test
  void aPushedGroupStaysVisibleUntilItIsDeleted() {
    assertEquals(200, send("PUT", "/metrics/job/batch", "# TYPE done gauge\ndone{q=\"1\"} 3\n"));
    Map<String, String> group =
        Map.of(
            "done{job=\"batch\", q=\"1\"}", "3.0",
            "push_time_seconds{job=\"batch\"}", "" + SECONDS,
            "push_failure_time_seconds{job=\"batch\"}", "0.0");
    assertEquals(group, stored());
    listening.time.advance(Duration.ofSeconds(15));
    Sample repeated = listening.samples.getFirst();
    assertEquals(NOW.plusSeconds(15).toEpochMilli(), repeated.timestamp());
    assertEquals(group, stored());
    assertEquals(202, send("DELETE", "/metrics/job/batch", ""));
    assertEquals(List.of("stale", "stale", "stale"), List.copyOf(stored().values()));
    listening.time.advance(Duration.ofMinutes(1));
    assertEquals(Map.of(), stored());
  }

  @Test
  void putReplacesTheGroupAndPostOnlyTheSameNames() {
    send("PUT", "/metrics/job/j/zone/a", "one 1\ntwo 2\n");
    stored();
    send("POST", "/metrics/job/j/zone/a", "two{k=\"v\"} 4\n");
    Map<String, String> merged = stored();
    assertEquals("1.0", merged.get("one{job=\"j\", zone=\"a\"}"));
    assertEquals("stale", merged.get("two{job=\"j\", zone=\"a\"}"));
    assertEquals("4.0", merged.get("two{job=\"j\", k=\"v\", zone=\"a\"}"));
    send("PUT", "/metrics/job/j/zone/a", "three 3\n");
    Map<String, String> replaced = stored();
    assertEquals("stale", replaced.get("one{job=\"j\", zone=\"a\"}"));
    assertEquals("stale", replaced.get("two{job=\"j\", k=\"v\", zone=\"a\"}"));
    assertEquals("3.0", replaced.get("three{job=\"j\", zone=\"a\"}"));
  }

  @Test
  void groupsSurviveARestart() {
    send("PUT", "/metrics/job/backup/path@base64/L3Zhci94", "ok{x=\"a\\\"b\\\\\\n\"} -0\nn NaN\n");
    Map<String, String> before = stored();
    listening.close();
    listening = new Listening(directory, NOW.plusSeconds(60));
    listening.time.advance(Duration.ofSeconds(15));
    assertEquals(before, stored());
    assertEquals(202, send("DELETE", "/metrics/job/backup/path/%2Fvar%2Fx", ""));
    assertEquals(before.keySet(), stored().keySet());
  }

  @Test
  void aPushThatCannotBeTakenChangesNothingButTheTimeOfFailure() {
    send("PUT", "/metrics/job/j", "one 1\n");
    stored();
    for (String bad :
        List.of("one 1", "one 1 17\n", "one 1\none 2\n", "<html>\n", "one{job=} 1\n")) {
      assertEquals(400, send("PUT", "/metrics/job/j", bad), bad);
    }
    listening.time.advance(Duration.ofSeconds(15));
    assertEquals(
        Map.of(
            "one{job=\"j\"}", "1.0",
            "push_time_seconds{job=\"j\"}", "" + SECONDS,
            "push_failure_time_seconds{job=\"j\"}", "" + SECONDS),
        stored());
  }

  @Test
  void aStoreThatTakesNothingIs503AndTheRepeatsGoOnAfterwards() {
    send("PUT", "/metrics/job/j", "one 1\n");
    stored();
    listening.broken = "disk full";
    assertEquals(503, send("PUT", "/metrics/job/j", "one 2\n"));
    listening.time.advance(Duration.ofSeconds(15));
    listening.broken = "";
    listening.time.advance(Duration.ofSeconds(15));
    assertEquals("1.0", stored().get("one{job=\"j\"}"));
  }

  @Test
  void whatIsToldOfAMetricIsKeptAndExemplarsOfOpenMetricsToo() {
    String text =
        """
        # TYPE jobs counter
        # HELP jobs Jobs \\"done\\"
        jobs_total{q="a"} 3 # {trace_id="x"} 1 1520879607.789
        # TYPE took_seconds gauge
        # UNIT took_seconds seconds
        took_seconds 1.5
        # EOF
        """;
    String type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    String path = "/metrics/job/j";
    assertEquals(
        200, listening.send("PUT", path, text.getBytes(UTF_8), "Content-Type", type).statusCode());
    assertTrue(
        listening
            .metadata()
            .containsAll(
                List.of(
                    new Metadata("jobs", "counter", "Jobs \"done\"", ""),
                    new Metadata("took_seconds", "gauge", "", "seconds"))),
        listening.metadata().toString());
    assertEquals(
        List.of(new Exemplar(Labels.of("trace_id", "x"), 1, 1_520_879_607_789L)),
        listening.exemplars());
    listening.time.advance(Duration.ofSeconds(15));
    assertEquals(1, listening.exemplars().size(), "an exemplar is not repeated");
  }

  @Test
  void aNativeHistogramIsRepeatedSurvivesARestartAndEndsWithItsGroup() {
    byte[] histogram =
        message(out -> {
          out.writeUInt64(1, 3);
          out.writeDouble(2, 2);
          out.writeSInt32(5, 1);
          out.writeDouble(6, 0.001);
          out.writeUInt64(7, 1);
          out.writeByteArray(12, message(span -> span.writeUInt32(2, 1)));
          out.writeSInt64(13, 2);
          out.writeByteArray(16, message(exemplar -> exemplar.writeDouble(2, 0.5)));
        });
    byte[] family =
        message(out -> {
          out.writeString(1, "h");
          out.writeString(2, "What it took");
          out.writeEnum(3, 4);
          out.writeByteArray(4, message(metric -> metric.writeByteArray(7, histogram)));
        });
    byte[] body = message(out -> out.writeByteArrayNoTag(family));
    String type = "application/vnd.google.protobuf; encoding=delimited";
    HttpResponse<byte[]> response =
        listening.send("PUT", "/metrics/job/j", body, "Content-Type", type);
    assertEquals(200, response.statusCode(), new String(response.body(), UTF_8));
    HistogramSample pushed = listening.histograms().getFirst();
    assertEquals(Labels.of("__name__", "h", "job", "j"), pushed.labels());
    assertEquals(3, pushed.value().count());
    assertEquals(
        new Histogram.Buckets(new int[] {0, 1}, new double[] {2}), pushed.value().positive());
    assertEquals(0.5, listening.exemplars().getFirst().value());
    listening.close();
    listening = new Listening(directory, NOW.plusSeconds(60));
    listening.time.advance(Duration.ofSeconds(15));
    assertEquals(
        List.of(
            new HistogramSample(
                pushed.labels(), NOW.plusSeconds(75).toEpochMilli(), pushed.value())),
        listening.histograms());
    assertEquals(202, send("DELETE", "/metrics/job/j", ""));
    assertTrue(listening.histograms().getLast().value().isStale());
  }

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      content.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void groupingLabelsComeFromThePath() {
    assertEquals(
        Labels.of("job", "batch", "instance", "i/1"),
        PushgatewayReceiver.group("/metrics/job/batch/instance/i%2F1"));
    assertEquals(
        Labels.of("job", "a/b", "dir", "/x"),
        PushgatewayReceiver.group("/metrics/job@base64/YS9i/dir@base64/L3g="));
    assertEquals(
        Labels.of("job", "a+b c"), PushgatewayReceiver.group("/metrics/job/a+b%20c/none@base64/="));
    for (String bad :
        List.of(
            "/metrics/job",
            "/metrics/job/",
            "/metrics/job/j/instance",
            "/metrics/job/j/__x/1",
            "/metrics/job/j/1x/1",
            "/metrics/job/j/a/1/a/2",
            "/metrics/job@base64/!",
            "/metrics/job/%zz")) {
      assertThrows(BadInput.class, () -> PushgatewayReceiver.group(bad), bad);
    }
    assertEquals(404, send("PUT", "/metrics/instance/a", ""));
    assertTrue(send("GET", "/metrics/job/a", "") >= 404);
  }
}
