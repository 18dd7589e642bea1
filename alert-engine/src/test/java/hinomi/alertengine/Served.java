package hinomi.alertengine;

import hinomi.alertengine.http.AlertApi;
import hinomi.alertengine.http.SilenceApi;
import hinomi.alertengine.http.alertmanager.AlertmanagerApi;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A world with a firing page, behind a listener.
public final class Served implements AutoCloseable {
  private final World world = new World();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private String url = "";

  public void start() throws IOException {
    world.alerting = "interval: 10s";
    world.rules(
        """
        groups:
        - name: g
          rules:
          - alert: Down
            expr: up == 0
            labels: {severity: page}
            annotations: {summary: "{{ $labels.i }} is down"}
          - {record: job_up, expr: up}
        """);
    world.onCall(
        """
        people: [{id: sato, name: {ja: 佐藤, en: Sato}, mail: sato@exchange.example}]
        ladders: [{id: default, steps: [{notify: [{person: sato}]}]}]
        """);
    world.answers.put(
        "up == 0", at -> List.of(new Sample(Labels.of("i", "<b>web-1"), at.toEpochMilli(), 0)));
    world.answers.put("up", at -> List.of(new Sample(Labels.of("i", "a"), at.toEpochMilli(), 1)));
    Routes routes = new Routes();
    AlertEngine engine = world.start();
    new AlertApi(engine).routes(routes);
    new AlertmanagerApi(engine::desk).routes(routes);
    new SilenceApi(engine::desk).routes(routes);
    EventLoops loops = new EventLoops();
    parts.push(loops);
    WebServer server =
        WebServer.start(new WebConfig("test", "127.0.0.1", 0, 16), routes, loops, world.registry);
    parts.push(server);
    url = server.url();
  }

  public String url() {
    return url;
  }

  public AlertDesk desk() {
    return world.engine().desk();
  }

  public java.time.Instant now() {
    return world.time.now();
  }

  public void goTo(Duration since) {
    world.goTo(since);
  }

  public void advance(Duration by) {
    world.time.advance(by);
  }

  public String newestMail() throws IOException {
    return Mails.plain(Files.readString(world.mails().getLast()));
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    world.close();
  }
}
