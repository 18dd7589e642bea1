import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// Asks a server that may be another one the next time, at another address. Any thread.
final class ServerClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Where it listens now.
  volatile String web = "";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Remote-writes; returns the answer's status.
  int write(List<Sample> samples) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(web + "/api/v1/write"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", RemoteWrite.CONTENT_TYPE)
                .header("Content-Encoding", "snappy")
                .header(RemoteWrite.VERSION_HEADER, RemoteWrite.VERSION)
                .POST(HttpRequest.BodyPublishers.ofByteArray(RemoteWrite.encode(samples)))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  JsonNode get(String path) throws Exception {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(web + path)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  int post(String path, String json) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(web + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
