package hinomi.server;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.wire.OtlpLogs;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The traffic of a busy day in a few seconds, through the doors that everybody uses: samples and
/// lines are pushed, questions asked, the head made into a block and asked again. What goes wrong
/// is said and leaves the rest as it is: a drill teaches the JVM, it proves nothing.
final class Drill implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Drill.class);
  private static final int SENDERS = 2;
  private static final int HOSTS_PER_BODY = 20;
  private static final int BODIES_PER_STEP = 5;
  private static final long STEP_MS = 15_000;
  private static final int STEPS = 90;
  private static final int ROUNDS = 2;
  private static final List<String> QUESTIONS =
      List.of(
          "drill_load{instance=\"host-7\"}",
          "sum by (instance) (rate(drill_requests_total[5m]))",
          "rate(drill_requests_total{shard=\"3\"}[5m])",
          "histogram_quantile(0.99, sum by (le) (rate(drill_seconds_bucket[5m])))",
          "topk(5, drill_load / on(instance) group_left drill_memory)",
          "avg_over_time(drill_load{instance=~\"host-1.*\"}[10m])",
          "max_over_time(rate(drill_requests_total{instance=\"host-7\"}[1m])[5m:1m])",
          "count by (__name__) ({instance=\"host-11\"})",
          "sum(drill_load > 0.5) or vector(0)",
          "{__name__=~\"drill_(load|memory)\",instance!~\"host-2.*\"}");

  private final App.Addresses addresses;
  private final Time time;
  private final long newest;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService senders =
      Executors.newFixedThreadPool(SENDERS, Thread.ofPlatform().name("drill-", 0).factory());

  Drill(App.Addresses addresses, Time time) {
    this.addresses = addresses;
    this.time = time;
    this.newest = time.now().toEpochMilli() / STEP_MS * STEP_MS;
  }

  /// The same work on every machine, so that what is hot does not depend on its speed; a machine
  /// that needs longer than `most` does less of it.
  void run(Duration most) {
    long end = time.nanos() + most.toNanos();
    push(end);
    lines();
    ask(end);
    post("/api/v1/admin/tsdb/compact", "application/x-www-form-urlencoded", new byte[0]);
    ask(end);
  }

  private void push(long end) {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      all.add(senders.submit(() -> push(sender, end)));
    }
    for (Future<?> one : all) {
      try {
        one.get(1, TimeUnit.MINUTES);
      } catch (ExecutionException | TimeoutException e) {
        log.atWarn().setCause(e).log("drill could not push");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void push(int sender, long end) {
    DrillSeries[] bodies = new DrillSeries[BODIES_PER_STEP];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = new DrillSeries((sender * bodies.length + i) * HOSTS_PER_BODY, HOSTS_PER_BODY);
    }
    for (int step = STEPS; step >= 0; step--) {
      for (DrillSeries body : bodies) {
        List<Sample> samples = body.next(newest - step * STEP_MS);
        post(
            "/api/v1/write",
            RemoteWrite.CONTENT_TYPE,
            RemoteWrite.encode(samples),
            "Content-Encoding",
            "snappy",
            RemoteWrite.VERSION_HEADER,
            RemoteWrite.VERSION);
        if (time.nanos() - end > 0) {
          return;
        }
      }
    }
  }

  private void lines() {
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      records.add(
          new LogRecord(
              Labels.of("job", "drill", "host", "host-" + i % 5),
              (newest + i) * 1_000_000,
              "level=info order=" + Integer.toHexString(i * 7919) + " took=" + i % 97 + "ms"));
    }
    for (int i = 0; i < 10; i++) {
      post("/v1/logs", "application/x-protobuf", OtlpLogs.encode(records));
    }
  }

  private void ask(long end) {
    String now = "&time=" + newest / 1000;
    String hour = "&start=" + (newest / 1000 - 3600) + "&end=" + newest / 1000 + "&step=30";
    for (int round = 0; round < ROUNDS && time.nanos() - end < 0; round++) {
      for (String question : QUESTIONS) {
        String encoded = URLEncoder.encode(question, StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
          get(addresses.web() + "/api/v1/query?query=" + encoded + now);
        }
        get(addresses.web() + "/api/v1/query_range?query=" + encoded + hour);
      }
      for (String path :
          List.of(
              "/api/v1/labels",
              "/api/v1/label/instance/values",
              "/api/v1/label/__name__/values",
              "/api/v1/series?match[]=drill_load",
              "/loki/api/v1/query_range?query=%7Bjob%3D%22drill%22%7D%20%7C%3D%20%22took%3D5ms%22",
              "/metrics",
              "/")) {
        get(addresses.web() + path.replace("[]", "%5B%5D"));
      }
      get(addresses.status() + "/");
    }
  }

  private void get(String url) {
    send(HttpRequest.newBuilder(URI.create(url)).header("Accept-Encoding", "gzip"));
  }

  private void post(String path, String contentType, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(addresses.web() + path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    send(request);
  }

  private void send(HttpRequest.Builder request) {
    HttpRequest asked = request.timeout(Duration.ofSeconds(30)).build();
    try {
      int status = http.send(asked, BodyHandlers.ofByteArray()).statusCode();
      if (status / 100 != 2) {
        log.atWarn()
            .addKeyValue("uri", asked.uri())
            .addKeyValue("status", status)
            .log("drill was refused");
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("uri", asked.uri()).setCause(e).log("drill had no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    senders.shutdownNow();
    http.shutdownNow();
  }
}
