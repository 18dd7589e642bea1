package hinomi.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests of real clients and cases of other projects, from the directory `-Dcorpora`, sent over
/// HTTP as they were recorded. What we answer otherwise stands in `known-gaps.txt`.
final class ConformanceTest {
  /// When the captures were made.
  private static final Instant RECORDED = Instant.parse("2026-11-21T00:00:00Z");

  private static final Set<String> NOT_OURS_TO_SEND =
      Set.of("host", "content-length", "connection", "transfer-encoding", "expect", "upgrade");

  @TempDir Path directory;
  private final String root = System.getProperty("corpora", "");
  private final Set<String> gaps = new TreeSet<>();
  private final List<String> wrong = new ArrayList<>();
  private Listening listening;
  private int run;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(!root.isEmpty(), "no -Dcorpora: nothing to compare with");
    try (var in =
        Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("/known-gaps.txt"))) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        String[] parts = line.split("\\|");
        if (!line.startsWith("#") && parts.length == 3) {
          gaps.add(parts[0].strip() + " | " + parts[1].strip());
        }
      }
    }
    listening = new Listening(directory, RECORDED);
  }

  @AfterEach
  void stop() {
    if (!root.isEmpty()) {
      listening.close();
    }
  }

  @Test
  void remoteWriteOfRealSendersIsStoredToTheLastSample() throws IOException {
    for (String client :
        List.of("prometheus-2.42-agent-remote-write", "npm-prometheus-remote-write")) {
      for (Path body : bodies(client)) {
        listening.takeSamples();
        boolean accepted = replay(body).statusCode() == 204;
        Path decoded = Path.of(body.toString().replace(".body.bin", ".decoded.json"));
        Set<Sample> expected = expected(json(decoded));
        Set<Sample> stored = new HashSet<>();
        listening.takeSamples().forEach(sample -> stored.add(comparable(sample)));
        boolean same = stored.equals(expected);
        judge(client, name(body), accepted && same, "accepted " + accepted + ", same " + same);
      }
    }
    verdict(7);
  }

  /// The corpus writes "nan" for Go's NaN and for JavaScript's, which differ in their last bit.
  private static Sample comparable(Sample sample) {
    return Double.isNaN(sample.value()) && !Sample.isStale(sample.value())
        ? new Sample(sample.labels(), sample.timestamp(), Double.NaN)
        : sample;
  }

  private static Labels labels(JsonNode series) {
    Labels.Builder labels = Labels.builder();
    series.get("labels").properties().forEach(l -> labels.set(l.getKey(), l.getValue().asText()));
    return labels.build();
  }

  private static Set<Sample> expected(JsonNode decoded) {
    Set<Sample> samples = new HashSet<>();
    for (JsonNode series : decoded.get("series")) {
      Labels identity = labels(series);
      for (JsonNode sample : series.get("samples")) {
        samples.add(new Sample(identity, sample.get(1).asLong(), value(sample.get(0).asText())));
      }
    }
    return samples;
  }

  private static double value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "stale" -> Sample.STALE;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Test
  void realOtlpLokiAndPushgatewayClientsAreAccepted() throws IOException {
    for (String client :
        List.of(
            "fluent-bit-5.1-loki",
            "fluent-bit-5.1-otlp",
            "otel-java-1.50-http",
            "otel-js-http-json",
            "prom-client-pushgateway")) {
      for (Path body : bodies(client)) {
        HttpResponse<byte[]> response = replay(body);
        boolean whole =
            response.statusCode() / 100 == 2
                && (name(body).contains("traces")
                    || response.body().length <= 2); // no partial success
        judge(
            client,
            name(body),
            whole,
            response.statusCode() + " " + new String(response.body(), UTF_8));
      }
    }
    verdict(22);
  }

  @Test
  void aPushOfAJavaClientInProtobufIsStored() throws IOException {
    Path body = Path.of(root, "exposition/live-client_java-1.3.protobuf-delimited.bin");
    String type =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited";
    HttpResponse<byte[]> response =
        listening.send("PUT", "/metrics/job/java", Files.readAllBytes(body), "Content-Type", type);
    assertEquals(200, response.statusCode(), new String(response.body(), UTF_8));
    assertEquals("java", listening.samples.getFirst().labels().get("job"));
  }

  private HttpResponse<byte[]> replay(Path body) throws IOException {
    String head = body.toString().replace(".body.bin", ".head.txt");
    List<String> lines = Files.readAllLines(Path.of(head));
    String[] request = lines.getFirst().split(" ");
    List<String> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] pair = line.split(": ", 2);
      if (pair.length == 2 && !NOT_OURS_TO_SEND.contains(pair[0].toLowerCase(Locale.ROOT))) {
        headers.add(pair[0]);
        headers.add(pair[1]);
      }
    }
    return listening.send(
        request[0], request[1], Files.readAllBytes(body), headers.toArray(String[]::new));
  }

  private List<Path> bodies(String client) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(root, "captures", client))) {
      return files.filter(f -> f.toString().endsWith(".body.bin")).sorted().toList();
    }
  }

  private static String name(Path body) {
    return String.valueOf(body.getFileName()).replace(".body.bin", "");
  }

  private void judge(String corpus, String name, boolean agrees, String found) {
    run++;
    if (agrees == gaps.contains(corpus + " | " + name)) {
      wrong.add((agrees ? "no longer a gap: " : found + ": ") + corpus + " | " + name);
    }
  }

  private void verdict(int atLeast) {
    assertEquals("", String.join("\n", wrong), wrong.size() + " of " + run + " requests");
    assertEquals(true, run >= atLeast, "only " + run + " requests were found");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }
}
