package hinomi.console;

import hinomi.console.http.ConsolePages;
import hinomi.model.Condition;
import hinomi.model.SystemTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;

/// Serves sample situations side by side, to look at them in a browser: a bad night on the given
/// port, a quiet one on the next.
final class PreviewMain {
  private PreviewMain() {}

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    SystemTime time = new SystemTime();
    EventLoops loops = new EventLoops();
    serve(port, Desk.night(time.now()), time, loops);
    Desk quiet = new Desk();
    quiet.components = Samples.components(time.now(), Condition.UP);
    quiet.hosts = Samples.hosts(time.now());
    serve(port + 1, quiet, time, loops);
    new CountDownLatch(1).await();
  }

  private static void serve(int port, Desk desk, SystemTime time, EventLoops loops) {
    Routes routes = new Routes();
    new ConsolePages(new Console(desk.ports(), Desk.config(), time, new SimpleMeterRegistry()))
        .routes(routes);
    WebServer _ =
        WebServer.start(
            new WebConfig("web", "127.0.0.1", port, 64), routes, loops, new SimpleMeterRegistry());
  }
}
