import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Writes samples and log lines, remembers what was acknowledged with a 2xx, and asks for it later.
/// Several threads write.
final class Acknowledged {
  static final int WRITERS = 4;
  private static final int BATCH = 50;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Acknowledged samples: timestamp → value, by `writer/series`. The value is the sequence number.
  private final Map<String, Map<Long, Double>> samples = new ConcurrentHashMap<>();

  /// The newest time that each writer has used.
  private final Map<Integer, Long> tops = new ConcurrentHashMap<>();

  /// Acknowledged lines, each with a word of its own.
  private final Set<String> lines = ConcurrentHashMap.newKeySet();

  /// What the acknowledged requests with samples took, nanoseconds, and those with lines.
  private final Queue<Long> sampleAcks = new ConcurrentLinkedQueue<>();

  private final Queue<Long> lineAcks = new ConcurrentLinkedQueue<>();
  private final AtomicLong sequence = new AtomicLong();

  /// What is missing of what was acknowledged.
  record Loss(long samples, long ofSamples, long lines, long ofLines) {}

  /// How many requests were acknowledged.
  long requests() {
    return (long) sampleAcks.size() + lineAcks.size();
  }

  /// Writes samples and lines in turn until the server is gone.
  void write(int writer, String web) {
    try {
      while (true) {
        List<Sample> batch = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        List<String> words = new ArrayList<>();
        // What was sent and not acknowledged may be there: no time is used for two values.
        long now = Math.max(System.currentTimeMillis(), tops.getOrDefault(writer, 0L) + 1);
        tops.put(writer, now);
        for (int i = 0; i < BATCH; i++) {
          long number = sequence.incrementAndGet();
          batch.add(new Sample(labels(writer, i), now, number));
          String word = "w" + writer + "n" + number;
          words.add(word);
          values
              .append(values.isEmpty() ? "" : ",")
              .append("[\"" + now + "000000\",\"注文 " + word + " accepted\"]");
        }
        byte[] body = RemoteWrite.encode(batch);
        long from = System.nanoTime();
        if (post(web + "/api/v1/write", "application/x-protobuf", body)) {
          sampleAcks.add(System.nanoTime() - from);
          for (int i = 0; i < BATCH; i++) {
            samples
                .computeIfAbsent(writer + "/" + i, _ -> new ConcurrentHashMap<>())
                .put(now, batch.get(i).value());
          }
        }
        String push =
            "{\"streams\":[{\"stream\":{\"job\":\"crash\",\"writer\":\""
                + writer
                + "\"},\"values\":["
                + values
                + "]}]}";
        from = System.nanoTime();
        if (post(
            web + "/loki/api/v1/push", "application/json", push.getBytes(StandardCharsets.UTF_8))) {
          lineAcks.add(System.nanoTime() - from);
          lines.addAll(words);
        }
      }
    } catch (IOException e) {
      // The server was killed: what was not acknowledged is not owed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Labels labels(int writer, int series) {
    return Labels.of(
        Labels.NAME,
        "crash_loop",
        "writer",
        Integer.toString(writer),
        "series",
        Integer.toString(series));
  }

  private boolean post(String url, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (type.contains("protobuf")) {
      request.header("Content-Encoding", "snappy");
    }
    int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      System.out.println("  answered " + status + " to " + url);
    }
    return status / 100 == 2;
  }

  /// Asks a server for everything that was ever acknowledged.
  Loss check(String web) throws Exception {
    long missingSamples = 0;
    long heldSamples = 0;
    Map<String, Map<Long, Double>> stored = samples.isEmpty() ? Map.of() : stored(web);
    for (Map.Entry<String, Map<Long, Double>> each : samples.entrySet()) {
      Map<Long, Double> found = stored.getOrDefault(each.getKey(), Map.of());
      for (Map.Entry<Long, Double> sample : each.getValue().entrySet()) {
        heldSamples++;
        if (!sample.getValue().equals(found.get(sample.getKey()))) {
          missingSamples++;
        }
      }
    }
    Set<String> foundLines = lines.isEmpty() ? Set.of() : logLines(web);
    long missingLines = lines.stream().filter(word -> !foundLines.contains(word)).count();
    return new Loss(missingSamples, heldSamples, missingLines, lines.size());
  }

  /// How long acknowledgments took.
  void print() {
    print("samples", sampleAcks);
    print("lines", lineAcks);
  }

  private static void print(String what, Queue<Long> acks) {
    long[] sorted = acks.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length > 0) {
      System.out.printf(
          "%d requests with %s acknowledged: p50 %.1f, p99 %.1f, max %.1f ms%n",
          sorted.length,
          what,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6,
          sorted[sorted.length - 1] / 1e6);
    }
  }

  private Map<String, Map<Long, Double>> stored(String web) throws Exception {
    Map<String, Map<Long, Double>> stored = new HashMap<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      JsonNode answer =
          get(
              web
                  + "/api/v1/query?time="
                  + (System.currentTimeMillis() / 1000 + 60)
                  + "&query="
                  + encoded("crash_loop{writer=\"" + writer + "\"}[1d]"));
      for (JsonNode series : answer.path("data").path("result")) {
        Map<Long, Double> found = new HashMap<>();
        for (JsonNode pair : series.path("values")) {
          found.put(
              Math.round(pair.get(0).asDouble() * 1000), Double.parseDouble(pair.get(1).asText()));
        }
        stored.put(writer + "/" + series.path("metric").path("series").asText(), found);
      }
    }
    return stored;
  }

  /// Pages through all lines, oldest first.
  private Set<String> logLines(String web) throws Exception {
    Set<String> found = new HashSet<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      long from = (System.currentTimeMillis() - 86_400_000L) * 1_000_000L;
      while (true) {
        JsonNode answer =
            get(
                web
                    + "/loki/api/v1/query_range?direction=forward&limit=5000&start="
                    + from
                    + "&end="
                    + (System.currentTimeMillis() + 600_000L) * 1_000_000L
                    + "&query="
                    + encoded("{job=\"crash\",writer=\"" + writer + "\"} |= \"accepted\""));
        int before = found.size();
        long newest = from;
        for (JsonNode stream : answer.path("data").path("result")) {
          for (JsonNode pair : stream.path("values")) {
            newest = Math.max(newest, Long.parseLong(pair.get(0).asText()));
            found.add(pair.get(1).asText().split(" ")[1]);
          }
        }
        if (found.size() == before) {
          break;
        }
        from = newest; // lines of the same instant may continue on the next page
      }
    }
    return found;
  }

  private JsonNode get(String url) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
