package hinomi.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import hinomi.collector.Listening;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.ByteArrayOutputStream;
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

final class LokiReceiverTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000L;

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

  private HttpResponse<byte[]> push(String json) {
    return listening.send(
        "POST",
        "/loki/api/v1/push",
        json.replace("NOW", "" + NANOS).getBytes(UTF_8),
        "Content-Type",
        "application/json; charset=utf-8");
  }

  @Test
  void linesAreStoredWithTheirMetadata() {
    HttpResponse<byte[]> response =
        push(
            """
            {"streams":[{"stream":{"job":"api","n":123},"values":[
              ["NOW","one"],["NOW","two",{"trace":"7"}]]}],"extra":1}\
            """);
    assertEquals(204, response.statusCode());
    Labels stream = Labels.of("job", "api", "n", "123");
    assertEquals(
        List.of(
            new LogRecord(stream, NANOS, "one"),
            new LogRecord(stream, NANOS, "two", Labels.of("trace", "7"))),
        listening.logs);
  }

  @Test
  void nothingToStoreIsASuccess() {
    for (String empty :
        List.of(
            "{}",
            "{\"streams\":null}",
            "{\"streams\":[]}",
            "{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":null}]}")) {
      assertEquals(204, push(empty).statusCode(), empty);
    }
  }

  @Test
  void badEntriesAre400WithCountsAndTheGoodOnesAreStored() {
    HttpResponse<byte[]> response =
        push(
            """
            {"streams":[{"stream":{},"values":[["NOW","no labels"]]},
             {"stream":{"a":"b"},"values":[["NOW","good"],[17,"number"],["x","text"],["NOW"],
               ["NOW","m",{"k":1}]]}]}\
            """);
    assertEquals(400, response.statusCode());
    String reason = new String(response.body(), UTF_8);
    assertTrue(reason.startsWith("5 of 6 lines not stored: 1 no_labels: "), reason);
    assertTrue(reason.contains("4 bad_entry: "), reason);
    assertEquals(1, listening.logs.size());
  }

  @Test
  void whatIsNoPushIs400() {
    for (String bad : List.of("", "[]", "{\"streams\":7}", "{\"streams\":[{}]}", "{} x")) {
      assertEquals(400, push(bad).statusCode(), bad);
    }
    byte[] empty = "{}".getBytes(UTF_8);
    assertEquals(400, listening.send("POST", "/loki/api/v1/push", empty).statusCode());
  }

  @Test
  void protobufIsTakenWithAndWithoutTheHeaderThatSaysSnappy() throws IOException {
    byte[] time = message(out -> out.writeInt64(1, NOW.getEpochSecond()));
    byte[] pair =
        message(out -> {
          out.writeString(1, "trace");
          out.writeString(2, "7");
        });
    byte[] entry =
        message(out -> {
          out.writeByteArray(1, time);
          out.writeString(2, "line");
          out.writeByteArray(3, pair);
        });
    byte[] stream =
        message(out -> {
          out.writeString(1, "{job=\"a\\\"p\\u0069\", path = \"C:\\\\x\",}");
          out.writeByteArray(2, entry);
        });
    byte[] body = Snappy.compress(message(out -> out.writeByteArray(1, stream)));
    String type = "application/x-protobuf";
    for (String encoding : List.of("snappy", "identity")) {
      HttpResponse<byte[]> response =
          listening.send(
              "POST",
              "/loki/api/v1/push",
              body,
              "Content-Type",
              type,
              "Content-Encoding",
              encoding);
      assertEquals(204, response.statusCode(), new String(response.body(), UTF_8));
    }
    LogRecord expected =
        new LogRecord(
            Labels.of("job", "a\"pi", "path", "C:\\x"), NANOS, "line", Labels.of("trace", "7"));
    assertEquals(List.of(expected, expected), listening.logs);
  }

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
