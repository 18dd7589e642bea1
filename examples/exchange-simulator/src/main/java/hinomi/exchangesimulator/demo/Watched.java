package hinomi.exchangesimulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// The product as a stranger sees it: over HTTP alone.
final class Watched {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String status;

  /// @param status base URL of the public status page
  Watched(String status) {
    this.status = status;
  }

  /// A component of the public page.
  ///
  /// @param condition `up`, `down` or `unknown`
  /// @param downSeconds measured down time of the last 90 days
  record Component(String condition, double downSeconds) {}

  Optional<Component> component(String id) {
    for (JsonNode component : json("/api/hinomi/v1/status").path("components")) {
      if (component.path("id").asText().equals(id)) {
        return Optional.of(
            new Component(
                component.path("condition").asText(),
                component.path("measured").path("down_seconds").asDouble()));
      }
    }
    return Optional.empty();
  }

  /// The newest incident in Statuspage's shape, if there is any.
  Optional<JsonNode> newestIncident() {
    JsonNode incidents = json("/api/v2/incidents.json").path("incidents");
    return incidents.isEmpty() ? Optional.empty() : Optional.of(incidents.get(0));
  }

  /// Whether an incident is open.
  boolean somethingIsOpen() {
    return !json("/api/v2/incidents/unresolved.json").path("incidents").isEmpty();
  }

  /// Whether a page of the public site can be read and contains a text.
  boolean shows(String path, String text) {
    return get(URI.create(status + path)).map(body -> body.contains(text)).orElse(false);
  }

  private JsonNode json(String path) {
    try {
      return JSON.readTree(get(URI.create(status + path)).orElse("{}"));
    } catch (IOException e) {
      return JSON.createObjectNode(); // not there yet
    }
  }

  private Optional<String> get(URI uri) {
    return send("GET", uri);
  }

  /// The body of a 200; empty when nobody answers, which is an observation too.
  Optional<String> send(String method, URI uri) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri)
                  .timeout(Duration.ofSeconds(5))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
