package hinomi.syntheticprobes.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import hinomi.model.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Expected ANY =
      new Expected(
          List.of(new StatusRange(200, 299)),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  @TempDir Path folder;

  private final SystemTime time = new SystemTime();
  private final Checks checks = new Checks(time);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(0);
    for (AutoCloseable each : open) {
      each.close();
    }
    threads.shutdownNow();
    time.close();
  }

  private void answer(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Check.Http http(String url, String method, Map<String, String> headers) {
    return new Check.Http(
        URI.create(url), method, headers, method.equals("POST") ? "問い" : "", true, true, ANY);
  }

  private Observed get(String path) {
    return checks.run(http(url(path), "GET", Map.of()), TIMEOUT);
  }

  private static Observed.Answer answer(Observed observed) {
    assertThat(observed.trouble()).isEmpty();
    return observed.answer().orElseThrow();
  }

  @Test
  void methodHeadersAndBodyArriveAndThePhasesAreMeasured() {
    answer(
        "/echo",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String key = exchange.getRequestHeaders().getFirst("X-Key");
          send(exchange, 201, exchange.getRequestMethod() + " " + key + " " + body);
        });
    Observed observed = checks.run(http(url("/echo?a=b"), "POST", Map.of("X-Key", "k")), TIMEOUT);
    assertThat(answer(observed).status()).isEqualTo(201);
    assertThat(answer(observed).body()).isEqualTo("POST k 問い");
    assertThat(observed.address()).contains("127.0.0.1");
    assertThat(observed.phases())
        .containsOnlyKeys(
            Observed.Phase.RESOLVE,
            Observed.Phase.CONNECT,
            Observed.Phase.PROCESSING,
            Observed.Phase.TRANSFER);
  }

  @Test
  void aBodyInChunksIsPutTogether() {
    answer(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(("part " + i + "\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
          }
          exchange.close();
        });
    assertThat(answer(get("/chunked")).body()).startsWith("part 0\n").endsWith("part 999\n");
    assertThat(answer(get("/chunked")).contentLength()).isEqualTo(-1);
  }

  @Test
  void aHugeBodyIsCountedButNotKept() {
    answer(
        "/huge",
        exchange -> {
          exchange.sendResponseHeaders(200, 5L << 20);
          exchange.getResponseBody().write(new byte[5 << 20]);
          exchange.close();
        });
    Observed.Answer huge = answer(get("/huge"));
    assertThat(huge.bodyBytes()).isEqualTo(5L << 20);
    assertThat(huge.body()).hasSize(1 << 20);
  }

  @Test
  void redirectsAreFollowedWithoutTakingSecretsToAnotherHost() {
    answer(
        "/a",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/b");
          send(exchange, 302, "");
        });
    answer(
        "/b",
        exchange -> {
          String other = url("/c").replace("127.0.0.1", "localhost");
          exchange.getResponseHeaders().set("Location", other);
          send(exchange, 307, "");
        });
    answer(
        "/c",
        exchange ->
            send(
                exchange,
                200,
                exchange.getRequestMethod() + exchange.getRequestHeaders().get("Authorization")));
    Observed observed =
        checks.run(http(url("/a"), "POST", Map.of("Authorization", "secret")), TIMEOUT);
    assertThat(answer(observed).body()).isEqualTo("GETnull");
    assertThat(answer(observed).redirects()).isEqualTo(2);
  }

  @Test
  void redirectsInACircleEnd() {
    answer(
        "/loop",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/loop");
          send(exchange, 302, "");
        });
    assertThat(get("/loop").trouble()).contains("more than 10 redirects");
  }

  @Test
  void anAnswerThatNeverComesEndsAtTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Observed observed =
          checks.run(
              http("http://127.0.0.1:" + silent.getLocalPort() + "/", "GET", Map.of()),
              Duration.ofMillis(300));
      assertThat(observed.trouble()).contains("timeout after 300 ms");
      assertThat(observed.took()).isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
    }
  }

  @Test
  void anAnswerThatDripsEndsAtTheTimeout() throws IOException {
    ServerSocket dripping =
        peer(socket -> {
          socket
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                      .getBytes(StandardCharsets.UTF_8));
          while (!socket.isClosed()) {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(20);
            try {
              int _ = socket.getInputStream().read(new byte[4096]);
            } catch (java.net.SocketTimeoutException _) {
              // The pause between two drops.
            }
          }
        });
    Observed observed =
        checks.run(
            http("http://127.0.0.1:" + dripping.getLocalPort() + "/", "GET", Map.of()),
            Duration.ofMillis(400));
    assertThat(observed.trouble()).contains("timeout after 400 ms");
    assertThat(observed.took()).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void nobodyThereIsTold() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Observed observed =
        checks.run(
            new Check.Tcp("127.0.0.1", port, false, true, "", Optional.empty(), Optional.empty()),
            TIMEOUT);
    assertThat(observed.trouble().orElse("")).startsWith("cannot connect: ");
    Observed nowhere = checks.run(http("http://no-such-host.invalid/", "GET", Map.of()), TIMEOUT);
    assertThat(nowhere.trouble()).contains("cannot resolve no-such-host.invalid");
  }

  @Test
  void whatIsNotHttpIsTold() throws IOException {
    ServerSocket ssh =
        peer(socket ->
            socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.UTF_8)));
    Observed observed =
        checks.run(http("http://127.0.0.1:" + ssh.getLocalPort() + "/", "GET", Map.of()), TIMEOUT);
    assertThat(observed.trouble()).contains("not HTTP/1: \"SSH-2.0-OpenSSH\"");
  }

  @Test
  void tcpSendsAndWaitsForWhatItExpects() throws IOException {
    ServerSocket echo =
        peer(socket -> {
          byte[] request = socket.getInputStream().readNBytes(4);
          socket.getOutputStream().write("hello ".getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
          socket.getOutputStream().write(request);
        });
    Check.Tcp right =
        new Check.Tcp(
            "127.0.0.1",
            echo.getLocalPort(),
            false,
            true,
            "PING",
            Optional.of(Pattern.compile("^hello PING$")),
            Optional.empty());
    Observed observed = checks.run(right, TIMEOUT);
    assertThat(observed.trouble()).isEmpty();
    assertThat(observed.received()).isEqualTo("hello PING");
    Check.Tcp wrong =
        new Check.Tcp(
            "127.0.0.1",
            echo.getLocalPort(),
            false,
            true,
            "PING",
            Optional.of(Pattern.compile("PONG")),
            Optional.empty());
    assertThat(checks.run(wrong, TIMEOUT).trouble()).contains("the connection was closed early");
  }

  @Test
  void aCertificateIsNotedEvenWhenItIsNotTrusted() throws Exception {
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    secure.createContext("/", exchange -> send(exchange, 200, "ok"));
    secure.setExecutor(threads);
    secure.start();
    open.add(() -> secure.stop(0));
    URI url = URI.create("https://localhost:" + secure.getAddress().getPort() + "/");
    Check.Http strict = new Check.Http(url, "GET", Map.of(), "", true, true, ANY);
    Observed refused = checks.run(strict, TIMEOUT);
    assertThat(refused.trouble().orElse("")).startsWith("TLS: ");
    assertThat(refused.certificateEnd().orElseThrow())
        .isBetween(time.now().plusSeconds(86_000), time.now().plusSeconds(3 * 86_400));
    Check.Http lax = new Check.Http(url, "GET", Map.of(), "", true, false, ANY);
    Observed taken = checks.run(lax, TIMEOUT);
    assertThat(answer(taken).body()).isEqualTo("ok");
    assertThat(taken.tlsVersion()).contains("TLSv1.3");
    assertThat(taken.phases()).containsKey(Observed.Phase.TLS);
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private interface Talk {
    void with(Socket socket) throws IOException;
  }

  /// A peer that treats every connection alike.
  private ServerSocket peer(Talk talk) throws IOException {
    ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    open.add(listener);
    Future<?> _ =
        threads.submit(() -> {
          while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
              talk.with(socket);
            } catch (IOException _) {
              // The other side has left.
            }
          }
        });
    return listener;
  }
}
