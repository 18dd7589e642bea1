package hinomi.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hinomi.collector.Listening;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

final class RemoteWriteReceiverTest {
  private static final Sample GOOD = new Sample(Labels.of("__name__", "up", "job", "a"), 17, 1.5);

  @TempDir Path directory;
  private Listening listening;

  @BeforeEach
  void start() {
    listening = new Listening(directory, Instant.parse("2026-03-02T00:00:00Z"));
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  private HttpResponse<byte[]> write(byte[] body, String... headers) {
    return listening.send("POST", "/api/v1/write", body, headers);
  }

  @Test
  void samplesAreStoredAndAnswered204() {
    List<Sample> batch = List.of(GOOD, new Sample(GOOD.labels(), 18, Sample.STALE));
    for (String path : List.of("/api/v1/write", "/api/v1/push")) {
      HttpResponse<byte[]> response =
          listening.send("POST", path, RemoteWrite.encode(batch), "Content-Encoding", "snappy");
      assertEquals(204, response.statusCode());
      assertEquals(batch, listening.takeSamples());
    }
  }

  @Test
  void headersOfOtherProtocolsAre415() {
    byte[] body = RemoteWrite.encode(List.of(GOOD));
    String v3 = "application/x-protobuf;proto=io.prometheus.write.v3.Request";
    assertEquals(415, write(body, "Content-Type", v3).statusCode());
    assertEquals(415, write(body, "Content-Type", "application/json").statusCode());
    assertEquals(415, write(body, "Content-Encoding", "gzip").statusCode());
    String v1 = "application/x-protobuf;proto=prometheus.WriteRequest";
    assertEquals(204, write(body, "Content-Type", v1).statusCode());
    String v2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    assertEquals(400, write(body, "Content-Type", v2).statusCode(), "1.0 that is labelled 2.0");
    assertEquals(405, listening.send("GET", "/api/v1/write", new byte[0]).statusCode());
  }

  @Test
  void garbageIs400AndTheNextRequestWorks() {
    assertEquals(400, write(new byte[0]).statusCode());
    assertEquals(400, write("no snappy".getBytes(UTF_8)).statusCode());
    assertEquals(204, write(RemoteWrite.encode(List.of(GOOD))).statusCode());
    assertEquals(2, listening.count("hinomi.collector.requests.failed", "status", "400"));
  }

  @Test
  void aBombIs413() throws IOException {
    assertEquals(413, write(Snappy.compress(new byte[65 << 20])).statusCode());
  }

  @Test
  void aPartialRefusalIs400AndTheGoodPartIsStored() {
    Sample nameless = new Sample(Labels.of("job", "x"), 17, 2);
    Sample many = new Sample(manyLabels(), 17, 3);
    listening.refuse("late");
    Sample late = new Sample(Labels.of("__name__", "late"), 17, 3);
    HttpResponse<byte[]> response = write(RemoteWrite.encode(List.of(nameless, GOOD, many, late)));
    assertEquals(400, response.statusCode());
    String reason = new String(response.body(), UTF_8);
    assertTrue(reason.startsWith("3 of 4 samples not stored: 1 no_name: "), reason);
    assertTrue(reason.contains("1 too_many_labels: ") && reason.contains("1 out_of_order: "));
    assertEquals(List.of(GOOD), listening.takeSamples());
    assertEquals(4, listening.count("hinomi.collector.received", "signal", "metrics"));
    assertEquals(1, listening.count("hinomi.collector.stored", "signal", "metrics"));
    assertEquals(3, listening.count("hinomi.collector.dropped", "signal", "metrics"));
  }

  @Test
  void aStoreThatTakesNothingIs503WithRetryAfterAndAllIsCountedAsDropped() {
    listening.broken = "disk full";
    HttpResponse<byte[]> response = write(RemoteWrite.encode(List.of(GOOD)));
    assertEquals(503, response.statusCode());
    assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
    assertEquals(1, listening.count("hinomi.collector.dropped", "reason", "store_unavailable"));
    listening.broken = "";
    assertEquals(204, write(RemoteWrite.encode(List.of(GOOD))).statusCode());
  }

  private static Labels manyLabels() {
    Labels.Builder labels = Labels.builder().set("__name__", "m");
    for (int i = 0; i < 64; i++) {
      labels.set("l" + i, "v");
    }
    return labels.build();
  }
}
