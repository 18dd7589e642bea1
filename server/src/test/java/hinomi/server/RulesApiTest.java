package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hinomi.testkit.SimTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/api/v1/rules` and `/api/v1/alerts` as Prometheus answers them: every field in its order, every
/// parameter, every complaint. `rules-api/answers.txt` is held against us, and against a Prometheus
/// where one is installed.
final class RulesApiTest {
  private static final Duration UNTIL_CUT = Duration.ofSeconds(6);

  @TempDir Path top;

  /// Rule files whose rule `Kept` is true until a time.
  private void rules(Path folder, Instant cut) throws IOException {
    for (String file : List.of("states.yaml", "edges.yaml")) {
      String text = RuleAnswers.resource(file);
      Files.writeString(
          Files.createDirectories(folder).resolve(file),
          text.replace("CUT", Long.toString(cut.getEpochSecond())));
    }
  }

  @Test
  void rulesAndAlertsAreShownAsPrometheusShowsThem() throws IOException {
    SimTime time = new SimTime();
    Site site = Site.small(top);
    Files.delete(site.config().resolve("rules/orders.yaml"));
    rules(site.config().resolve("rules"), time.now().plus(UNTIL_CUT));
    try (Running app = new Running(site.read(), time)) {
      time.advanceTo(time.now().plus(UNTIL_CUT).plusSeconds(4));
      RuleAnswers answers = new RuleAnswers(site.config().resolve("rules"), app.web());
      assertThat(answers.all(app::get)).isEqualTo(RuleAnswers.resource("answers.txt"));
    }
  }

  @Test
  void aPrometheusShowsThemAlike() throws IOException {
    Optional<Tool> prometheus = Tool.named("prometheus");
    assumeTrue(prometheus.isPresent(), "prometheus is not installed");
    Running app = new Running(Site.small(top).read());
    Path folder = top.resolve("theirs");
    rules(folder, app.now().plus(UNTIL_CUT));
    Path config =
        Files.writeString(
            top.resolve("prometheus.yml"),
            "{global: {evaluation_interval: 1s}, rule_files: ['%s/*.yaml']}".formatted(folder));
    String listen = "127.0.0.1:" + freePort();
    try (app;
        Tool.Started _ =
            prometheus
                .orElseThrow()
                .start(
                    top.resolve("prometheus.log"),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + top.resolve("tsdb"),
                    "--web.listen-address=" + listen)) {
      RuleAnswers answers = new RuleAnswers(folder, "http://" + listen);
      Eventually.seen("an alert that is kept", () -> answers.keeps(app::get));
      assertThat(answers.all(app::get)).isEqualTo(RuleAnswers.resource("answers.txt"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
