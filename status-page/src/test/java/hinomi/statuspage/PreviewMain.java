package hinomi.statuspage;

import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.SystemTime;
import hinomi.statuspage.http.StatusSite;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Serves the sample situations side by side, to look at them in a browser: all well on the given
/// port, an incident on the next, nothing measured on the one after.
final class PreviewMain {
  private PreviewMain() {}

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    EventLoops loops = new EventLoops();
    SystemTime time = new SystemTime();
    serve(port, time, loops, Condition.UP);
    serve(port + 1, time, loops, Condition.DOWN);
    serve(port + 2, time, loops, Condition.UNKNOWN);
    new CountDownLatch(1).await();
  }

  private static void serve(int port, SystemTime time, EventLoops loops, Condition condition) {
    ComponentsSource components = now -> Samples.components(now, condition);
    List<Incident> incidents =
        condition == Condition.UNKNOWN
            ? List.of()
            : Samples.incidents(time.now(), condition == Condition.DOWN);
    StatusPage page =
        new StatusPage(
            new StatusPageConfig(Samples.identity(), Duration.ofSeconds(2), Optional.empty()),
            components,
            () -> incidents,
            time,
            new SimpleMeterRegistry());
    Routes routes = new Routes();
    new StatusSite(page).routes(routes);
    WebServer _ =
        WebServer.start(
            new WebConfig("status", "127.0.0.1", port, 256),
            routes,
            loops,
            new SimpleMeterRegistry());
  }
}
