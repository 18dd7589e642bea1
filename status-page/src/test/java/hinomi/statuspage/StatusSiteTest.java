package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Unavailable;
import hinomi.statuspage.http.StatusSite;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page over HTTP, with time moved by hand.
final class StatusSiteTest {
  private final SimTime time = new SimTime(Samples.NOW);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<List<ComponentStatus>> components =
      new AtomicReference<>(Samples.components(Samples.NOW, Condition.UP));
  private final AtomicReference<List<Incident>> incidents =
      new AtomicReference<>(Samples.incidents(Samples.NOW, false));
  private volatile boolean dead;
  @TempDir Path folder;
  private final EventLoops loops = new EventLoops();
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<StatusPage> page = Optional.empty();
  private Optional<WebServer> web = Optional.empty();

  private void start() {
    start(Optional.of(folder));
  }

  private void start(Optional<Path> publishDirectory) {
    StatusPage statusPage =
        new StatusPage(
            new StatusPageConfig(Samples.identity(), Duration.ofSeconds(2), publishDirectory),
            _ -> {
              if (dead) {
                throw new Unavailable("the ledger is gone");
              }
              return components.get();
            },
            incidents::get,
            time,
            registry);
    Routes routes = new Routes();
    new StatusSite(statusPage).routes(routes);
    page = Optional.of(statusPage);
    web =
        Optional.of(
            WebServer.start(new WebConfig("status", "127.0.0.1", 0, 64), routes, loops, registry));
  }

  @AfterEach
  void close() {
    http.close();
    web.ifPresent(WebServer::close);
    page.ifPresent(StatusPage::close);
    loops.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(web.orElseThrow().url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String body(String path, String... headers) {
    return new String(get(path, headers).body(), StandardCharsets.UTF_8);
  }

  @Test
  void anAddressWithoutLanguageIsAnsweredInTheReaders() {
    start();
    assertThat(body("/")).contains("<html lang=\"ja\"", "すべてのサービスが正常に稼働しています");
    assertThat(body("/", "Accept-Language", "en-GB,en;q=0.9,ja;q=0.5")).contains("lang=\"en\"");
    assertThat(body("/", "Accept-Language", "ja-JP,en;q=0.5")).contains("lang=\"ja\"");
    assertThat(body("/", "Accept-Language", "fr")).contains("lang=\"en\"");
    assertThat(body("/", "Accept-Language", ";;;=")).contains("lang=\"ja\"");
    assertThat(body("/?lang=en")).contains("lang=\"en\"");
    assertThat(body("/en", "Accept-Language", "ja")).contains("lang=\"en\"");
    assertThat(body("/history", "Accept-Language", "en")).contains("Incident history");
    assertThat(body("/incidents/20261118-1")).contains("リアルタイム配信の遅延について");
    assertThat(body("/components/login/")).contains("ログイン・二段階認証");
    assertThat(get("/").headers().firstValue("Vary").orElse("")).contains("Accept-Language");
    assertThat(get("/ja/").headers().firstValue("Vary")).contains("Accept-Encoding");
  }

  @Test
  void bytesAreCompressedAndValidated() throws IOException {
    start();
    HttpResponse<byte[]> plain = get("/ja/");
    HttpResponse<byte[]> packed = get("/ja/", "Accept-Encoding", "br, gzip;q=0.8");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(get("/ja/", "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
        .isEmpty();
    String etag = plain.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> same = get("/ja/", "If-None-Match", "W/" + etag + ", \"x\"");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    time.advance(Duration.ofSeconds(2));
    assertThat(get("/ja/", "If-None-Match", etag).statusCode()).isEqualTo(200);
  }

  @Test
  void headersAllowNothingThatIsNotNeeded() {
    start();
    HttpResponse<byte[]> answer = get("/");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(get("/api/v2/summary.json").headers().firstValue("Access-Control-Allow-Origin"))
        .contains("*");
    assertThat(get("/badge/login.svg").headers().firstValue("Content-Type"))
        .contains("image/svg+xml");
  }

  @Test
  void whatIsNotPublishedIsNotThere() {
    start();
    for (String path :
        List.of(
            "/metrics",
            "/healthz",
            "/api/v1/query",
            "/incidents/20990101-1",
            "/badge/none.svg",
            "/ja/../../etc/passwd",
            "/x%2F..%2Findex.html",
            "/.git/config",
            "/en/components/",
            "/ja/ja",
            "//ja")) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body())
          .as(path)
          .isEqualTo(
              get(path.startsWith("/en") ? "/en/incidents/none" : "/ja/incidents/none").body());
    }
    assertThat(get("/ja/").statusCode()).isEqualTo(200);
  }

  @Test
  void whenNobodyConfirmsItAnyMoreEverythingSaysUnknown() {
    start();
    dead = true;
    time.advance(Duration.ofSeconds(59));
    assertThat(body("/")).contains("すべてのサービスが正常に稼働しています");
    assertThat(get("/").headers().firstValue("Cache-Control")).contains("public, max-age=1");
    time.advance(Duration.ofSeconds(1));
    assertThat(body("/"))
        .contains("現在の状況を確認できません", "最後に確認できたのは2026年11月21日(土) 17:30:05")
        .doesNotContain("正常稼働中", "正常に稼働しています");
    assertThat(body("/en/"))
        .contains("The current state is unknown")
        .doesNotContain(">Operational");
    assertThat(body("/badge/login.svg")).contains("確認できません");
    assertThat(body("/en/components/login/")).doesNotContain(">Operational");
    assertThat(body("/en/api/v2/status.json")).contains("\"indicator\":\"minor\"");
    assertThat(body("/api/v2/components.json")).doesNotContain("operational");
    assertThat(body("/api/hinomi/v1/status"))
        .contains(
            "\"expired\":true", "\"overall\":\"unknown\"", "\"as_of\":\"2026-11-21T08:30:05Z\"");
    assertThat(registry.counter("hinomi.statuspage.failures", "reason", "source").count())
        .isEqualTo(30);
    dead = false;
    time.advance(Duration.ofSeconds(2));
    assertThat(body("/")).contains("すべてのサービスが正常に稼働しています");
  }

  @Test
  void beforeTheFirstMeasurementNothingIsGreen() {
    dead = true;
    start();
    assertThat(body("/")).contains("現在の状況を確認できません").doesNotContain("正常稼働中");
    assertThat(body("/api/v2/status.json")).contains("\"indicator\":\"minor\"");
  }

  @Test
  void aChangeIsSeenWithoutWaitingForTheNextRefresh() {
    start();
    components.set(Samples.components(Samples.NOW, Condition.DOWN));
    incidents.set(Samples.incidents(Samples.NOW, true));
    page.orElseThrow().changed();
    page.orElseThrow().changed();
    time.advance(Duration.ofMillis(1));
    assertThat(body("/")).contains("一部のサービスで障害が発生しています", "現物取引の注文がしづらい事象について", "第2報", "原因特定");
    assertThat(body("/incidents/20261121-1")).contains("第1報", "調査中");
    assertThat(body("/feed.atom")).contains("【原因特定】現物取引の注文がしづらい事象について");
    assertThat(body("/badge/matching.svg")).contains("障害発生中");
    long seq = page.orElseThrow().edition().seq();
    time.advance(Duration.ofSeconds(2));
    assertThat(page.orElseThrow().edition().seq()).isGreaterThan(seq);
  }

  @Test
  void whatNobodyReadsIsPrintedOnlyWhenItSaysSomethingNew() {
    start(Optional.empty());
    long first = printed();
    time.advance(Duration.ofMinutes(5));
    assertThat(printed()).isEqualTo(first);
    components.set(Samples.components(Samples.NOW, Condition.DOWN));
    time.advance(Duration.ofSeconds(2));
    assertThat(printed()).isEqualTo(first + 1);
    time.advance(Duration.ofSeconds(2));
    assertThat(printed()).isEqualTo(first + 1);
  }

  @Test
  void whoeverReadsAfterAQuietTimeReadsTheNewestSnapshot() {
    start(Optional.empty());
    time.advance(Duration.ofMinutes(5));
    assertThat(body("/api/hinomi/v1/status"))
        .contains("\"expired\":false", "\"as_of\":\"2026-11-21T08:35:05Z\"");
    long read = printed();
    body("/");
    assertThat(printed()).as("one edition serves all readers").isEqualTo(read);
    time.advance(Duration.ofSeconds(2));
    assertThat(printed()).as("printed ahead while somebody reads").isEqualTo(read + 1);
    body("/");
    assertThat(printed()).isEqualTo(read + 1);
  }

  private long printed() {
    return registry.timer("hinomi.statuspage.print").count();
  }

  @Test
  void theSameIsWrittenAsFilesForStaticHosts() throws IOException {
    Files.writeString(folder.resolve("CNAME"), "status.minato.example");
    start();
    byte[] index = Files.readAllBytes(folder.resolve("index.html"));
    assertThat(index).isEqualTo(get("/ja/").body());
    assertThat(folder.resolve("en/incidents/20261118-1/index.html")).exists();
    assertThat(folder.resolve("incidents/20261118-1/index.html")).exists();
    assertThat(folder.resolve("api/v2/summary.json"))
        .hasBinaryContent(get("/api/v2/summary.json").body());
    assertThat(folder.resolve("api/hinomi/v1/status.json")).exists();
    assertThat(folder.resolve("404.html")).exists();
    assertThat(folder.resolve("badge/login.svg")).exists();
    incidents.set(List.of());
    time.advance(Duration.ofSeconds(2));
    assertThat(folder.resolve("en/incidents/20261118-1/index.html")).doesNotExist();
    assertThat(folder.resolve("CNAME")).exists();
    assertThat(Files.readAllBytes(folder.resolve("index.html"))).isNotEqualTo(index);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".new"))).isEmpty();
    }
  }
}
