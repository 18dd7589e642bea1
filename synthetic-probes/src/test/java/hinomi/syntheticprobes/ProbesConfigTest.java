package hinomi.syntheticprobes;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.syntheticprobes.check.Check;
import hinomi.syntheticprobes.check.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbesConfigTest {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "web.url", "http://127.0.0.1:8480",
          "status.url", "http://127.0.0.1:8481",
          "otlp.http.url", "http://127.0.0.1:4318");

  private static final Set<String> COMPONENTS =
      Set.of("collector", "metrics", "logs", "alerting", "status-page");

  @TempDir Path folder;

  private final Mistakes mistakes = new Mistakes();

  private ProbesConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("p.yaml"), yaml);
    return ProbesConfig.read(folder, mistakes, VARIABLES, COMPONENTS);
  }

  private List<String> told() {
    return mistakes.all().stream()
        .map(Mistake::toString)
        .map(text -> text.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void everyMistakeIsToldWithItsPlace() throws IOException {
    read(
        """
        probes:
          - id: a
            every: 10s
            timeout: 10s
            http: {url: "${web.uri}/", status: [2000], jsn: {}}
          - id: a
            tcp: {address: "host"}
          - id: b b
            http: {url: "ftp://h/"}
            tcp: {address: "h:1"}
          - id: c
            every: 100ms
          - id: d
            http: {status: [200], matches: "("}
          - id: e
            http: {url: "http://h/", json: {status: ok}}
        """);
    assertThat(told())
        .containsExactly(
            "p.yaml:4:14: timeout: must be shorter than \"every\", so that runs do not overlap",
            "p.yaml:5:17: url: unknown variable ${web.uri}, known are otlp.http.url, status.url,"
                + " web.url",
            "p.yaml:5:40: status: expected 200, 2xx or 200-299, got \"2000\"",
            "p.yaml:5:48: jsn: unknown key, did you mean \"json\"?",
            "p.yaml:6:9: id: \"a\" is taken already, at p.yaml:2",
            "p.yaml:7:20: address: expected host:port, got \"host\"",
            "p.yaml:8:9: id: expected letters, digits, '-', '_' and '.', 64 at most",
            "p.yaml:9:17: url: expected a URL like https://host:port/path, got \"ftp://h/\"",
            "p.yaml:10:10: tcp: a probe has either \"http\" or \"tcp\", not both",
            "p.yaml:11:5: http: is missing: a probe needs \"http\" or \"tcp\"",
            "p.yaml:12:12: every: expected at least 1s",
            "p.yaml:14:11: url: is missing",
            "p.yaml:14:36: matches: not a regular expression: Unclosed group at 1",
            "p.yaml:16:45: status: expected a JSON pointer (RFC 6901) like /status");
  }

  @Test
  void theComponentThatAProbeSpeaksAboutHasToBeThere() throws IOException {
    read(
        """
        probes:
          - {id: a, component: metric, tcp: {address: "h:1"}}
          - {id: b, component: logs, tcp: {address: "h:1"}}
          - {id: c, tcp: {address: "h:1"}}
        """);
    assertThat(told())
        .containsExactly(
            "p.yaml:2:24: component: no component has the id \"metric\", did you mean"
                + " \"metrics\"?");
  }

  @Test
  void aShortRhythmBringsAShorterTimeout() throws IOException {
    Probe probe = read("probes: [{id: a, every: 2s, tcp: {address: \"h:1\"}}]").probes().getFirst();
    assertThat(told()).isEmpty();
    assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theProbesThatWeShipAreRight() {
    ProbesConfig shipped =
        ProbesConfig.read(Path.of("..", "config", "probes"), mistakes, VARIABLES, COMPONENTS);
    assertThat(told()).isEmpty();
    assertThat(shipped.probes())
        .extracting(Probe::component)
        .contains("collector", "metrics", "logs", "alerting", "status-page");
    assertThat(shipped.probes().getFirst().check())
        .isInstanceOfSatisfying(
            Check.Tcp.class, tcp -> assertThat(tcp.target()).isEqualTo("127.0.0.1:4318"));
  }

  @Test
  void aFolderThatIsNotThereHasNoProbes() {
    assertThat(ProbesConfig.read(folder.resolve("none"), mistakes, VARIABLES, COMPONENTS).probes())
        .isEmpty();
    assertThat(told()).isEmpty();
  }
}
