package hinomi.web;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Cancel;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class WebServerTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);
  private final EventLoops loops = new EventLoops();
  private final WebServer web =
      WebServer.start(
          new WebConfig("web", "127.0.0.1", 0, 1),
          new Routes()
              .get("/label/{name}/values", r -> Reply.text(200, r.captured("name")))
              .get("/label/own/values", _ -> Reply.text(200, "the literal one"))
              .put("/metrics/{rest...}", 100, r -> Reply.text(200, r.captured("rest")))
              .getOrPost("/query", r -> Reply.json(Map.of("query", r.params("q"))))
              .post("/small", 4, r -> Reply.text(200, r.text()))
              .get(
                  "/bad",
                  _ -> {
                    throw new BadInput("no such thing", 3);
                  })
              .get(
                  "/full",
                  _ -> {
                    throw OverLimit.rate("full", Duration.ofSeconds(7));
                  })
              .get(
                  "/bug",
                  _ -> {
                    throw new IllegalStateException("BUG: x");
                  })
              .get("/large", r -> Reply.text(200, "a lot ".repeat(1_000)).gzippedFor(r))
              .postOrPut("/form", r -> Reply.json(Map.of("query", r.params("q"))))
              .options("/form", _ -> Reply.empty(204))
              .get(
                  "/patient",
                  r -> {
                    try (Cancel _ = r.connection().onClosed(gone::countDown)) {
                      entered.countDown();
                      assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
                      return Reply.empty(204);
                    }
                  })
              .get(
                  "/slow",
                  _ -> {
                    entered.countDown();
                    assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
                    return Reply.text(200, Boolean.toString(Thread.currentThread().isVirtual()));
                  })
              .questions()
              .get(
                  "/ask",
                  _ -> {
                    entered.countDown();
                    assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
                    return Reply.text(200, niceness());
                  }),
          loops,
          new SimpleMeterRegistry());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    leave.countDown();
    http.close();
    web.close();
    loops.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void patternsCaptureAndTheMoreLiteralOneWins() throws Exception {
    assertThat(send("GET", "/label/a%2Fb%20c/values", "").body()).isEqualTo("a/b c");
    assertThat(send("GET", "/label/own/values", "").body()).isEqualTo("the literal one");
    assertThat(send("PUT", "/metrics/job/x/instance/y", "").body()).isEqualTo("job/x/instance/y");
    assertThat(send("GET", "/nothing", "").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = send("DELETE", "/bad", "");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void parametersComeFromTheUrlAndTheForm() throws Exception {
    assertThat(send("POST", "/query?q=a%2Bb", "q=c+d&x=1").body())
        .isEqualTo("{\"query\":[\"a+b\",\"c d\"]}");
  }

  @Test
  void aLongQueryFitsInTheUrl() throws Exception {
    String query = "a".repeat(20_000);
    assertThat(send("GET", "/query?q=" + query, "").body()).contains(query);
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    assertThat(send("GET", "/bad", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/full", "").headers().firstValue("Retry-After")).contains("7");
    assertThat(send("GET", "/bug", "").statusCode()).isEqualTo(500);
    assertThat(send("POST", "/small", "12345").statusCode()).isEqualTo(413);
    assertThat(send("POST", "/small", "a%zz").body()).isEqualTo("a%zz");
    assertThat(send("POST", "/query", "q=%zz").statusCode()).isEqualTo(400);
  }

  @Test
  void aFullHouseRefusesAtOnce() throws Exception {
    var slow =
        http.sendAsync(
            HttpRequest.newBuilder(URI.create(web.url() + "/slow")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> refused = send("GET", "/bad", "");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    leave.countDown();
    assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("true");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aQuestionComputesBehindAllOthersAndKeepsNoDoorFromThem() throws Exception {
    var question =
        http.sendAsync(
            HttpRequest.newBuilder(URI.create(web.url() + "/ask")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(send("GET", "/ask", "").statusCode()).isEqualTo(503);
    assertThat(send("GET", "/bad", "").statusCode()).isEqualTo(400);
    leave.countDown();
    assertThat(question.get(10, TimeUnit.SECONDS).body()).isEqualTo("nice 10");
  }

  /// Of the calling thread: field 19 of proc_pid_stat(5), counted behind the name.
  private static String niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return "nice " + stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
  }

  @Test
  void whoeverWorksForAClientThatLeavesIsTold() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      client
          .getOutputStream()
          .write("GET /patient HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(gone.getCount()).isEqualTo(1);
    }
    assertThat(gone.await(1, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aConnectionTellsEachWatcherOnceAndNoneThatStopped() {
    Connection connection = new Connection();
    List<String> told = new ArrayList<>();
    connection.onClosed(() -> told.add("first"));
    connection.onClosed(() -> told.add("never")).cancel();
    assertThat(connection.gone()).isFalse();
    connection.close();
    connection.close();
    assertThat(connection.gone()).isTrue();
    connection.onClosed(() -> told.add("late"));
    assertThat(told).containsExactly("first", "late");
  }

  @Test
  void aLargeReplyIsCompressedForWhoAsks() throws Exception {
    HttpResponse<byte[]> packed = http.send(accepting("br, gzip;q=0.5"), ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .asString()
        .isEqualTo("a lot ".repeat(1_000));
    HttpResponse<byte[]> plain = http.send(accepting("gzip;q=0, br"), ofByteArray());
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).hasSize(6_000);
  }

  private HttpRequest accepting(String codings) {
    return HttpRequest.newBuilder(URI.create(web.url() + "/large"))
        .header("Accept-Encoding", codings)
        .build();
  }

  @Test
  void aFormMayBePutAndABrowserMayAskFirst() throws Exception {
    assertThat(send("PUT", "/form", "q=1").body()).isEqualTo("{\"query\":[\"1\"]}");
    assertThat(send("OPTIONS", "/form", "").statusCode()).isEqualTo(204);
  }

  @Test
  void aTakenPortIsOneClearSentence() {
    WebConfig taken = new WebConfig("status", "127.0.0.1", web.port(), 1);
    assertThatThrownBy(() -> WebServer.start(taken, new Routes(), loops, new SimpleMeterRegistry()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("127.0.0.1:" + web.port())
        .hasMessageContaining("--set status.port");
  }
}
