package hinomi.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.testkit.RemoteWriteBodies;
import hinomi.testkit.RemoteWriteCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    List<RemoteWriteCase> cases = RemoteWriteCase.all(Path.of(root));
    int recorded = 0;
    for (RemoteWriteCase c : cases) {
      RemoteWriteBodies bodies = new RemoteWriteBodies(BASE.toEpochMilli());
      byte[] then = c.hasThen() ? bodies.body(c.json(), c.then()) : new byte[0];
      run(c, bodies.body(c.json(), c.series()), then);
      Optional<byte[]> body = c.recorded();
      if (body.isPresent()) {
        recorded++;
        run(c, body.get(), new byte[0]);
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertEquals(CASES, cases.size());
    assertEquals(true, recorded >= 25, "only " + recorded + " recorded bodies");
  }

  private void run(RemoteWriteCase c, byte[] body, byte[] then) {
    try (Listening listening = new Listening(directory, BASE)) {
      HttpResponse<byte[]> response = send(listening, c, body);
      for (int i = c.times(); i > 1; i--) {
        response = send(listening, c, body);
      }
      if (then.length > 0) {
        response = send(listening, c, then);
      }
      wrong.addAll(c.faults(response));
      judgeMetadata(c, listening);
    }
  }

  private static HttpResponse<byte[]> send(Listening listening, RemoteWriteCase c, byte[] body) {
    return listening.send(c.method(), "/api/v1/write", body, c.headers());
  }

  private void judgeMetadata(RemoteWriteCase c, Listening listening) {
    String name = c.name();
    if (name.startsWith("v2 metadata ")) {
      JsonNode m = c.series().get(0).get("metadata");
      String type = name.substring("v2 metadata ".length()).replace("unspecified", "unknown");
      String metric = c.series().get(0).get("labels").get(Labels.NAME).asText();
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
