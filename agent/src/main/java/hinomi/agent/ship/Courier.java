package hinomi.agent.ship;

import hinomi.agent.spool.Batch;
import hinomi.wire.OtlpAnswers;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Posts one batch, in the protocol of its kind. Any thread.
public sealed interface Courier {
  /// Longest text of an answer that is kept.
  int KEPT = 512;

  Duration TIMEOUT = Duration.ofSeconds(30);

  /// @throws IOException when there was no answer
  Answer.Reply post(Batch batch) throws IOException, InterruptedException;

  /// Metrics, by Prometheus remote write 1.0; the payload is the snappy body.
  ///
  /// @param server base address
  /// @param path that takes remote write
  record Metrics(HttpClient client, URI server, String path) implements Courier {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";

    public Metrics(HttpClient client, URI server) {
      this(client, server, "/api/v1/write");
    }

    @Override
    public Answer.Reply post(Batch batch) throws IOException, InterruptedException {
      return post(batch.payload(), batch.items());
    }

    Answer.Reply post(byte[] payload, int items) throws IOException, InterruptedException {
      HttpRequest request =
          request(server, path, payload)
              .header("Content-Type", RemoteWrite.CONTENT_TYPE)
              .header("Content-Encoding", "snappy")
              .header(RemoteWrite.VERSION_HEADER, RemoteWrite.VERSION)
              .build();
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      Optional<Long> written = response.headers().firstValue(WRITTEN).flatMap(Courier::number);
      return new Answer.Reply(
          response.statusCode(),
          response.headers().firstValue("Retry-After"),
          written.map(stored -> items - stored).orElse(0L),
          written,
          text(response.body()));
    }
  }

  /// Log lines, by OTLP over HTTP; the payload is the gzipped protobuf.
  ///
  /// @param server base address
  record Logs(HttpClient client, URI server) implements Courier {
    @Override
    public Answer.Reply post(Batch batch) throws IOException, InterruptedException {
      HttpRequest request =
          request(server, "/v1/logs", batch.payload())
              .header("Content-Type", "application/x-protobuf")
              .header("Content-Encoding", "gzip")
              .build();
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      boolean success = response.statusCode() / 100 == 2;
      OtlpAnswers.Refused refused =
          success ? OtlpAnswers.read(response.body()) : new OtlpAnswers.Refused(0, "");
      return new Answer.Reply(
          response.statusCode(),
          response.headers().firstValue("Retry-After"),
          refused.items(),
          Optional.empty(),
          success ? refused.message() : text(response.body()));
    }
  }

  private static HttpRequest.Builder request(URI server, String path, byte[] payload) {
    String base = server.toString().replaceFirst("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(TIMEOUT)
        .header("User-Agent", "hinomi-agent")
        .POST(BodyPublishers.ofByteArray(payload));
  }

  private static String text(byte[] body) {
    // An OTLP failure is a protobuf: its text is in there between control characters.
    return new String(body, 0, Math.min(body.length, KEPT), StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}+", " ")
        .strip();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
