package hinomi.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One receiver case of remote write: what is sent, and what must be answered.
///
/// @param folder in which recorded bodies lie
/// @param json the case as it stands in `receiver_cases.json`
public record RemoteWriteCase(Path folder, JsonNode json) {
  /// All cases of the corpora's folder `remote-write`.
  public static List<RemoteWriteCase> all(Path corpora) throws IOException {
    Path folder = corpora.resolve("remote-write");
    byte[] text = Files.readAllBytes(folder.resolve("receiver_cases.json"));
    List<RemoteWriteCase> cases = new ArrayList<>();
    new ObjectMapper()
        .readTree(text)
        .get("cases")
        .forEach(json -> cases.add(new RemoteWriteCase(folder, json)));
    return cases;
  }

  public String name() {
    return json.get("name").asText();
  }

  public String method() {
    return json.path("method").asText("POST");
  }

  /// Names and values in turn.
  public String[] headers() {
    List<String> headers = new ArrayList<>();
    json.get("headers")
        .properties()
        .forEach(header -> {
          headers.add(header.getKey());
          headers.add(header.getValue().asText());
        });
    return headers.toArray(String[]::new);
  }

  /// How often the body is sent.
  public int times() {
    return json.path("repeat").asInt(1);
  }

  public JsonNode series() {
    return json.path("series");
  }

  /// What is sent behind it, whose answer is judged then; missing in most cases.
  public JsonNode then() {
    return json.path("then");
  }

  public boolean hasThen() {
    return then().isArray();
  }

  /// The body as it was recorded, where it was and nothing follows it.
  public Optional<byte[]> recorded() throws IOException {
    Path file = folder.resolve(json.path("body_file").asText("none"));
    return Files.isRegularFile(file) && !hasThen()
        ? Optional.of(Files.readAllBytes(file))
        : Optional.empty();
  }

  /// What is wrong with an answer: its status, and the counts in its headers.
  public List<String> faults(HttpResponse<byte[]> response) {
    List<String> faults = new ArrayList<>();
    String expected = json.get("expect_status").asText();
    int status = response.statusCode();
    boolean fits =
        switch (expected) {
          case "2xx" -> status / 100 == 2;
          case "2xx-or-400" -> status / 100 == 2 || status == 400;
          case "2xx-or-415" -> status / 100 == 2 || status == 415;
          default -> status == Integer.parseInt(expected);
        };
    if (!fits) {
      faults.add(name() + ": " + status + " " + new String(response.body(), UTF_8));
    }
    JsonNode written = json.path("expect_written");
    if (written.isArray()) {
      List<String> kinds = List.of("Samples", "Histograms", "Exemplars");
      for (int i = 0; i < kinds.size(); i++) {
        String header = "X-Prometheus-Remote-Write-" + kinds.get(i) + "-Written";
        String found = response.headers().firstValue(header).orElse("none");
        if (!found.equals(written.get(i).asText())) {
          faults.add(name() + ": " + header + " " + found + ", expected " + written);
        }
      }
    }
    return faults;
  }
}
