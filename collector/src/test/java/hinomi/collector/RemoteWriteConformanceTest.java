package hinomi.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The receiver cases of both versions of remote write, from the directory `-Dcorpora`: status, the
/// counts in the headers, and what is checked afterwards. Each is sent as we write it, and as it
/// was recorded where it was.
final class RemoteWriteConformanceTest {
  /// Zero of the recorded bodies' times.
  private static final Instant BASE = Instant.ofEpochMilli(1_700_006_400_000L);

  private static final int CASES = 67;

  @TempDir Path directory;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyReceiverCaseIsAnsweredAsItAsks() throws IOException {
    String root = System.getProperty("corpora", "");
    assumeTrue(!root.isEmpty(), "no -Dcorpora: nothing to compare with");
    Path folder = Path.of(root, "remote-write");
    JsonNode cases =
        new ObjectMapper()
            .readTree(Files.readAllBytes(folder.resolve("receiver_cases.json")))
            .get("cases");
    int recorded = 0;
    for (JsonNode c : cases) {
      JsonNode series = c.path("series");
      RemoteWriteBodies bodies = new RemoteWriteBodies(BASE.toEpochMilli());
      JsonNode then = c.has("then") ? c.get("then") : JsonNodeFactory.instance.nullNode();
      run(c, bodies.body(c, series), then.isNull() ? new byte[0] : bodies.body(c, then));
      Path file = folder.resolve(c.path("body_file").asText("none"));
      if (Files.isRegularFile(file) && then.isNull()) {
        recorded++;
        run(c, Files.readAllBytes(file), new byte[0]);
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertEquals(CASES, cases.size());
    assertEquals(true, recorded >= 25, "only " + recorded + " recorded bodies");
  }

  private void run(JsonNode c, byte[] body, byte[] then) {
    try (Listening listening = new Listening(directory, BASE)) {
      HttpResponse<byte[]> response = send(listening, c, body);
      for (int i = c.path("repeat").asInt(1); i > 1; i--) {
        response = send(listening, c, body);
      }
      if (then.length > 0) {
        response = send(listening, c, then);
      }
      judge(c, response, listening);
    }
  }

  private static HttpResponse<byte[]> send(Listening listening, JsonNode c, byte[] body) {
    List<String> headers = new ArrayList<>();
    c.get("headers")
        .properties()
        .forEach(header -> {
          headers.add(header.getKey());
          headers.add(header.getValue().asText());
        });
    return listening.send(
        c.path("method").asText("POST"), "/api/v1/write", body, headers.toArray(String[]::new));
  }

  private void judge(JsonNode c, HttpResponse<byte[]> response, Listening listening) {
    String name = c.get("name").asText();
    String expected = c.get("expect_status").asText();
    int status = response.statusCode();
    boolean fits =
        switch (expected) {
          case "2xx" -> status / 100 == 2;
          case "2xx-or-400" -> status / 100 == 2 || status == 400;
          case "2xx-or-415" -> status / 100 == 2 || status == 415;
          default -> status == Integer.parseInt(expected);
        };
    if (!fits) {
      wrong.add(name + ": " + status + " " + new String(response.body(), UTF_8));
    }
    JsonNode written = c.path("expect_written");
    if (written.isArray()) {
      List<String> kinds = List.of("Samples", "Histograms", "Exemplars");
      for (int i = 0; i < kinds.size(); i++) {
        String header = "X-Prometheus-Remote-Write-" + kinds.get(i) + "-Written";
        String found = response.headers().firstValue(header).orElse("none");
        if (!found.equals(written.get(i).asText())) {
          wrong.add(name + ": " + header + " " + found + ", expected " + written);
        }
      }
    }
    if (name.startsWith("v2 metadata ")) {
      JsonNode m = c.get("series").get(0).get("metadata");
      String type = name.substring("v2 metadata ".length()).replace("unspecified", "unknown");
      String metric = c.get("series").get(0).get("labels").get(Labels.NAME).asText();
      Metadata metadata =
          new Metadata(metric, type, m.get("help").asText(), m.get("unit").asText());
      if (!listening.metadata().equals(List.of(metadata))) {
        wrong.add(name + ": " + listening.metadata());
      }
    }
    if (name.equals("v1 metadata only") && listening.metadata().size() != 2) {
      wrong.add(name + ": " + listening.metadata());
    }
  }
}
