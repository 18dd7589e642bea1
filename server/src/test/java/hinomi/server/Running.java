package hinomi.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.SystemTime;
import hinomi.model.Time;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The product, started, and a client of it that speaks HTTP alone.
final class Running implements AutoCloseable {
  private final Time time;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final App app;

  Running(AppConfig config) {
    this(config, new SystemTime());
  }

  /// With a clock of the test's.
  Running(AppConfig config, Time time) {
    this.time = time;
    try {
      this.app = new App(config, time);
    } catch (RuntimeException e) {
      http.close();
      closeTime();
      throw e;
    }
  }

  private void closeTime() {
    if (time instanceof SystemTime real) {
      real.close();
    }
  }

  /// What was answered.
  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JsonMapper.builder().build().readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  String web() {
    return app.addresses().web();
  }

  String status() {
    return app.addresses().status();
  }

  String otlp() {
    return app.addresses().otlpHttp();
  }

  Instant now() {
    return time.now();
  }

  long nanos() {
    return time.nanos();
  }

  Answer get(String url) {
    return send("GET", url, new byte[0]);
  }

  Answer post(String url, String contentType, String body) {
    return send("POST", url, body.getBytes(StandardCharsets.UTF_8), "Content-Type", contentType);
  }

  Answer send(String method, String url, byte[] body, String... headers) {
    HttpResponse<byte[]> response = exchange(method, url, body, headers);
    return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  /// The same with the answer's headers.
  HttpResponse<byte[]> exchange(String method, String url, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Remote-writes one sample with the time of now.
  Answer write(String metric, double value) {
    return write(new Sample(Labels.of(Labels.NAME, metric), now().toEpochMilli(), value));
  }

  Answer write(Sample sample) {
    return send(
        "POST",
        web() + "/api/v1/write",
        RemoteWrite.encode(List.of(sample)),
        "Content-Type",
        RemoteWrite.CONTENT_TYPE,
        "Content-Encoding",
        "snappy",
        RemoteWrite.VERSION_HEADER,
        RemoteWrite.VERSION);
  }

  /// Pushes one line in Loki's JSON.
  Answer log(String stream, String line) {
    String nanos = now().toEpochMilli() + "000000";
    String body =
        """
        {"streams":[{"stream":{"job":"%s"},"values":[["%s","%s"]]}]}\
        """
            .formatted(stream, nanos, line);
    return post(web() + "/loki/api/v1/push", "application/json", body);
  }

  /// The value of the one element that an expression yields now; empty when it yields none.
  Optional<Double> value(String expression) {
    JsonNode result =
        get(web() + "/api/v1/query?query=" + encoded(expression)).json().at("/data/result");
    return result.isEmpty()
        ? Optional.empty()
        : Optional.of(Double.parseDouble(result.at("/0/value/1").asText()));
  }

  /// The lines of the last hour that a LogQL query finds, the newest first.
  List<String> lines(String logql) {
    JsonNode streams =
        get(web() + "/loki/api/v1/query_range?limit=1000&query=" + encoded(logql))
            .json()
            .at("/data/result");
    return StreamSupport.stream(streams.spliterator(), false)
        .flatMap(stream -> StreamSupport.stream(stream.path("values").spliterator(), false))
        .map(entry -> entry.path(1).asText())
        .toList();
  }

  /// A component of the public status document.
  JsonNode component(String id) {
    return StreamSupport.stream(
            get(status() + "/api/hinomi/v1/status").json().path("components").spliterator(), false)
        .filter(component -> component.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no component " + id + " on the status page"));
  }

  String condition(String component) {
    return component(component).path("condition").asText();
  }

  /// The public incidents in Statuspage's shape, the newest first.
  JsonNode incidents() {
    return get(status() + "/api/v2/incidents.json").json().path("incidents");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    app.close();
    http.close();
    closeTime();
  }
}
