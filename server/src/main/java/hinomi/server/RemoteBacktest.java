package hinomi.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.BadInput;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A backtest on a server, by its HTTP API. One thread, but for [#cancel].
record RemoteBacktest(HttpClient client, URI server, ProgressBar progress) {
  private static final long BETWEEN_MILLIS = 300;
  private static final String PATH = "/api/hinomi/v1/backtest";

  /// @return its id
  String start(JsonNode question) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(PATH))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
            .build();
    return json(send(request)).path("id").asText();
  }

  /// Returns when it is done; one that failed is a [BadInput].
  void await(String id) throws IOException, InterruptedException {
    while (true) {
      JsonNode state = json(get(PATH + "/" + id));
      progress.at(state.path("progress").asDouble());
      if (!state.path("state").asText().equals("running")) {
        progress.end();
        if (state.has("error")) {
          throw new BadInput(state.path("error").asText());
        }
        return;
      }
      boolean _ = new CountDownLatch(1).await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  String report(String id, String format, String language)
      throws IOException, InterruptedException {
    return get(PATH + "/" + id + "/report?format=" + format + "&lang=" + encoded(language));
  }

  /// The server's own log.
  String transitions(String from, String to) throws IOException, InterruptedException {
    return get("/api/hinomi/v1/transitions?from=" + encoded(from) + "&to=" + encoded(to));
  }

  /// Where nobody waits for it any more. One that is done stays as it is.
  void cancel(String id) {
    try {
      String _ = send(HttpRequest.newBuilder(server.resolve(PATH + "/" + id)).DELETE().build());
    } catch (IOException | RuntimeException e) {
      // It ends by itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(server.resolve(path)).GET().build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (java.net.ConnectException e) {
      throw new Unavailable(
          "no server answers at " + server + "; start one, or name another with --server URL", e);
    }
    if (response.statusCode() >= 400) {
      throw new BadInput(problem(response.body()));
    }
    return response.body();
  }

  private static String problem(String body) {
    try {
      JsonNode json = JsonMapper.builder().build().readTree(body);
      return json.path("error").asText(body);
    } catch (IOException e) {
      return body;
    }
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text);
  }
}
