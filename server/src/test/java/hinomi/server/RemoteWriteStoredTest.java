package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import hinomi.model.Sample;
import hinomi.testkit.RemoteWriteBodies;
import hinomi.testkit.RemoteWriteCase;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The receiver cases of remote write from the directory `-Dcorpora`, against the whole product:
/// the verdict over its real port, and what queries answer afterwards, also behind a restart.
final class RemoteWriteStoredTest {
  /// Zero of the recorded bodies' times.
  private static final long BASE = 1_700_006_400_000L;

  private static final int CASES = 67;

  private final RemoteWriteBodies bodies = new RemoteWriteBodies(BASE);
  private final List<String> wrong = new ArrayList<>();

  /// What must be there: values by series and time, of histograms their sums.
  private final Map<Place, Double> numbers = new TreeMap<>();

  private final Map<Place, Double> histograms = new TreeMap<>();
  private final Map<Place, Double> exemplars = new TreeMap<>();

  /// Types by metric.
  private final Map<String, String> metadata = new TreeMap<>();

  /// @param series its labels, sorted, none of them empty
  private record Place(TreeMap<String, String> series, long at) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return toString().compareTo(other.toString());
    }

    String selector() {
      return series.entrySet().stream()
          .map(label -> quoted(label.getKey()) + "=" + quoted(label.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
  }

  @Test
  void everyReceiverCaseIsStoredAsItIsAnswered(@TempDir Path top) throws IOException {
    String root = System.getProperty("corpora", "");
    assumeThat(root).as("no -Dcorpora: nothing to compare with").isNotEmpty();
    List<RemoteWriteCase> cases = RemoteWriteCase.all(Path.of(root));
    Site site = Site.small(top);
    try (Running app = started(site)) {
      for (RemoteWriteCase c : cases) {
        send(app, c);
      }
      judgeAll(app, "");
    }
    assertThat(cases).hasSize(CASES);
    assertThat(numbers).hasSizeGreaterThan(40);
    assertThat(histograms).hasSize(3);
    assertThat(exemplars).hasSize(2);
    assertThat(metadata).hasSizeGreaterThan(8);
    try (Running app = started(site)) {
      judgeAll(app, "after a restart: ");
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theHeadersTellExactlyWhatIsHeldOfARequestThatIsTakenInPart(@TempDir Path top)
      throws IOException {
    JsonNode series =
        new ObjectMapper()
            .readTree(
                """
                [{"labels": {"__name__": "part", "a": "b"},
                  "samples": [["1", 0], ["2", 1000], ["3", 0], ["4", 3600000]],
                  "histograms": [
                    {"schema": 0, "count_int": 3, "positive_spans": [[0, 1]], "positive_deltas": [3], "t_offset": 2000},
                    {"schema": 0, "count_int": 3, "positive_spans": [[0, 1]], "positive_deltas": [3], "t_offset": 1000},
                    {"schema": 0, "count_int": 9, "positive_spans": [[0, 1]], "positive_deltas": [3], "t_offset": 3000}],
                  "exemplars": [
                    {"labels": {"trace_id": "a"}, "value": "1", "t_offset": 5},
                    {"labels": {"trace_id": "b"}, "value": "1", "t_offset": 4}]},
                 {"labels": {"nameless": "part"},
                  "samples": [["1", 0]],
                  "exemplars": [{"labels": {"trace_id": "c"}, "value": "1", "t_offset": 5}]}]
                """);
    JsonNode two = new ObjectMapper().readTree("{\"proto\": \"v2\"}");
    try (Running app = started(Site.small(top))) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<byte[]> response =
            app.exchange(
                "POST",
                app.web() + "/api/v1/write",
                bodies.body(two, series),
                "Content-Type",
                "application/x-protobuf;proto=io.prometheus.write.v2.Request",
                "Content-Encoding",
                "snappy");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
            .contains(
                "5 of 8 samples not stored",
                "2 duplicate_timestamp",
                "1 too_far_in_future",
                "1 no_name",
                "1 histogram_count");
        assertThat(written(response)).containsExactly("2", "1", "1");
      }
      HttpResponse<byte[]> garbage =
          app.exchange(
              "POST",
              app.web() + "/api/v1/write",
              new byte[] {1, 2, 3},
              "Content-Type",
              "application/x-protobuf;proto=io.prometheus.write.v2.Request");
      assertThat(garbage.statusCode()).isEqualTo(400);
      assertThat(written(garbage)).containsExactly("0", "0", "0");
    }
  }

  private static List<String> written(HttpResponse<byte[]> response) {
    return Stream.of("Samples", "Histograms", "Exemplars")
        .map(kind -> "X-Prometheus-Remote-Write-" + kind + "-Written")
        .map(header -> response.headers().firstValue(header).orElse("none"))
        .toList();
  }

  private static Running started(Site site) {
    return new Running(site.read(), new SimTime(Instant.ofEpochMilli(BASE)));
  }

  private void send(Running app, RemoteWriteCase c) throws IOException {
    HttpResponse<byte[]> response = post(app, c, bodies.body(c.json(), c.series()));
    expect(c, c.series(), c.hasThen() || response.statusCode() / 100 == 2);
    for (int i = c.times(); i > 1; i--) {
      response = post(app, c, bodies.body(c.json(), c.series()));
    }
    if (c.hasThen()) {
      response = post(app, c, bodies.body(c.json(), c.then()));
      expect(c, c.then(), response.statusCode() / 100 == 2);
    }
    wrong.addAll(c.faults(response));
    Optional<byte[]> recorded = c.recorded();
    if (recorded.isPresent()) {
      wrong.addAll(c.faults(post(app, c, recorded.get())));
    }
    judge(app, c.name() + ": ", placesOf(c.series()));
    judge(app, c.name() + ": ", placesOf(c.then()));
  }

  private static HttpResponse<byte[]> post(Running app, RemoteWriteCase c, byte[] body) {
    return app.exchange(c.method(), app.web() + "/api/v1/write", body, c.headers());
  }

  /// Remembers what a request must have left behind.
  private void expect(RemoteWriteCase c, JsonNode series, boolean all) {
    boolean partial = c.name().startsWith("v2 partial");
    for (JsonNode one : series) {
      if (!all && !(partial && one.get("labels").has("__name__"))) {
        continue;
      }
      for (JsonNode sample : one.path("samples")) {
        numbers.putIfAbsent(
            place(one, sample.get(1)), RemoteWriteBodies.value(sample.get(0).asText()));
      }
      for (JsonNode histogram : one.path("histograms")) {
        histograms.put(place(one, histogram.get("t_offset")), histogram.get("sum").asDouble());
      }
      for (JsonNode exemplar : one.path("exemplars")) {
        exemplars.put(place(one, exemplar.get("t_offset")), exemplar.get("value").asDouble());
      }
      if (one.has("metadata")) {
        metadata.put(
            one.get("labels").get("__name__").asText(),
            List.of(
                    "unknown",
                    "counter",
                    "gauge",
                    "histogram",
                    "gaugehistogram",
                    "summary",
                    "info",
                    "stateset")
                .get(one.get("metadata").get("type").asInt()));
      }
    }
    if (all) {
      for (JsonNode one : c.json().path("metadata")) {
        metadata.put(one.get("name").asText(), one.get("type").asInt() == 1 ? "counter" : "gauge");
      }
    }
  }

  private Place place(JsonNode series, JsonNode offset) {
    TreeMap<String, String> labels = new TreeMap<>();
    series
        .get("labels")
        .properties()
        .forEach(label -> {
          if (!label.getValue().asText().isEmpty()) {
            labels.put(label.getKey(), label.getValue().asText());
          }
        });
    return new Place(labels, bodies.time(offset));
  }

  private List<Place> placesOf(JsonNode series) {
    List<Place> places = new ArrayList<>();
    for (JsonNode one : series) {
      one.path("samples").forEach(sample -> places.add(place(one, sample.get(1))));
    }
    return places;
  }

  private void judgeAll(Running app, String when) {
    judge(app, when, numbers.keySet());
    for (Map.Entry<Place, Double> one : histograms.entrySet()) {
      JsonNode found = at(app, one.getKey()).at("/histograms/0/1/sum");
      if (found.asDouble() != one.getValue()) {
        wrong.add(when + one + " is " + found);
      }
    }
    for (Map.Entry<Place, Double> one : exemplars.entrySet()) {
      JsonNode found =
          app.get(
                  app.web()
                      + "/api/v1/query_exemplars?start="
                      + seconds(one.getKey().at())
                      + "&end="
                      + seconds(one.getKey().at())
                      + "&query="
                      + Running.encoded(one.getKey().selector()))
              .json()
              .at("/data/0/exemplars/0/value");
      if (found.asDouble() != one.getValue()) {
        wrong.add(when + "exemplar " + one + " is " + found);
      }
    }
    JsonNode told = app.get(app.web() + "/api/v1/metadata").json().path("data");
    metadata.forEach((metric, type) -> {
      if (!told.path(metric).at("/0/type").asText().equals(type)) {
        wrong.add(when + "metadata of " + metric + ": " + told.path(metric));
      }
    });
  }

  /// Compares what a query finds at these places with what must be there, which may be nothing.
  private void judge(Running app, String when, Iterable<Place> places) {
    for (Place place : places) {
      JsonNode found = at(app, place).at("/values/0/1");
      double expected = numbers.getOrDefault(place, Sample.STALE);
      boolean none = Sample.isStale(expected);
      boolean same =
          none
              ? found.isMissingNode()
              : Double.compare(parsed(found.asText("missing")), expected) == 0;
      if (!same) {
        wrong.add(when + place + " is " + found + ", expected " + (none ? "nothing" : expected));
      }
    }
  }

  private static double parsed(String text) {
    return text.equals("missing") ? Double.MIN_NORMAL : RemoteWriteBodies.value(text);
  }

  /// The one series of exactly these labels, with what it has in the millisecond of the place.
  private static JsonNode at(Running app, Place place) {
    JsonNode result =
        app.get(
                app.web()
                    + "/api/v1/query?time="
                    + seconds(place.at())
                    + "&query="
                    + Running.encoded(place.selector() + "[1ms]"))
            .json()
            .at("/data/result");
    return StreamSupport.stream(result.spliterator(), false)
        .filter(series -> series.get("metric").size() == place.series().size())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
