package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no decent client sends, byte by byte over a socket.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadHttpTest {
  private static final int PATIENCE_MILLIS = 10_000;

  private Running app;

  @BeforeAll
  void start(@TempDir Path top) {
    app = new Running(Site.small(top).read());
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @AfterEach
  void itStillAnswers() {
    assertThat(app.get(app.web() + "/readyz").status()).isEqualTo(200);
    assertThat(app.write("still", 1).status()).isEqualTo(204);
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(app.web()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// The whole answer to bytes that are sent as they are.
  private String answer(String request) throws IOException {
    try (Socket socket = connected()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Lines end as HTTP ends them, and an empty one follows.
  private static String request(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String get(String path) {
    return request("GET " + path + " HTTP/1.1", "Host: a", "Connection: close");
  }

  private static String post(String header) {
    return request("POST /api/v1/write HTTP/1.1", "Host: a", header);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/query?query=%zz",
        "/api/v1/query?query=%",
        "/api/v1/query?%f=up",
        "/loki/api/v1/query_range?query=%e3%8"
      })
  void aBadEscapeInTheAddressIs400(String path) throws IOException {
    assertThat(answer(get(path))).startsWith("HTTP/1.1 400 ").contains("percent-encoding");
  }

  @Test
  void aBadEscapeInAPushedGroupIs400() throws IOException {
    assertThat(
            answer(
                request(
                        "PUT /metrics/job/%zz HTTP/1.1",
                        "Host: a", "Connection: close", "Content-Length: 4")
                    + "a 1\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../etc/passwd", "//", "/./", "/%2e%2e/", "/%00", "/\u00e3"})
  void aStrangePathIsNotThere(String path) throws IOException {
    assertThat(answer(get("/nothing/" + path))).containsPattern("^HTTP/1.1 40[04] ");
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws IOException {
    String large = "X-Large: " + "x".repeat(40_000);
    assertThat(answer(request("GET /readyz HTTP/1.1", "Host: a", "Connection: close", large)))
        .startsWith("HTTP/1.1 431 ");
    assertThat(answer(get("/readyz?" + "x".repeat(40_000)))).startsWith("HTTP/1.0 414 ");
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoHttpIs400AndTheConnectionEnds() {
    return Stream.of(
            request("GET"),
            request("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc"),
            request("GET /readyz HTTP/1.1", "Host a"),
            post("Content-Length: many"),
            post("Content-Length: -1"))
        .map(bytes ->
            DynamicTest.dynamicTest(
                bytes.strip(),
                () -> assertThat(answer(bytes)).containsPattern("^HTTP/1.[01] 400 ")));
  }

  @Test
  void aBodyWhoseChunksAreNoneEndsTheConnection() throws IOException {
    assertThat(answer(post("Transfer-Encoding: chunked") + "zz\r\n")).isEmpty();
  }

  @Test
  void aSenderThatGoesAwayInTheMiddleLeavesNothingBehind() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = connected()) {
        socket
            .getOutputStream()
            .write((post("Content-Length: 1000") + "half").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    Eventually.seen("nobody inside", () -> inside() == 0);
  }

  @Test
  void sendersThatNeverFinishKeepNobodyElseOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) { // more than are answered at once
        Socket socket = connected();
        slow.add(socket);
        socket
            .getOutputStream()
            .write((post("Content-Length: 1000") + "half").getBytes(StandardCharsets.ISO_8859_1));
      }
      itStillAnswers();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /// Requests being answered, without the one that asks.
  private int inside() {
    String metrics = app.get(app.web() + "/metrics").body();
    String line =
        metrics
            .lines()
            .filter(text -> text.startsWith("hinomi_web_inside{") && text.contains("\"web\""))
            .findFirst()
            .orElseThrow();
    return (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) - 1;
  }
}
