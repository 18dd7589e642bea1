package hinomi.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.agent.tail.LogSource;
import hinomi.model.Labels;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AgentConfigTest {
  private final Mistakes mistakes = new Mistakes();

  private AgentConfig read(String yaml) {
    Section root = Yaml.parse("h.yaml", yaml, mistakes);
    AgentConfig config = AgentConfig.from(root.section("agent"));
    root.end();
    return config;
  }

  @Test
  void withoutAnyKeyTheHostIsReadAndShippedToThisMachine() {
    AgentConfig config = read("");
    assertThat(mistakes.all()).isEmpty();
    assertThat(config.server()).isEqualTo(URI.create("http://127.0.0.1:8480"));
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.spoolBytes()).isEqualTo(1L << 30);
    assertThat(config.instance()).isNotEmpty();
    assertThat(config.logs()).isEmpty();
  }

  @Test
  void everythingCanBeSaid() {
    AgentConfig config =
        read(
            """
            agent:
              server: https://hinomi.example:8480
              instance: gw1
              interval: 5s
              spool: {directory: /var/spool/hinomi, max-bytes: 10GiB}
              processes:
                - {name: gateway, pattern: "order-gateway"}
              logs:
                - paths: [/srv/gw/*.log]
                  labels: {job: gateway, market: XTKS}
                  encoding: Shift_JIS
                  multiline: {start: '^\\d{4}-'}
                  read-from: end
            """);
    assertThat(mistakes.all()).isEmpty();
    assertThat(config.processes()).extracting(group -> group.name()).containsExactly("gateway");
    LogSource source = config.logs().getFirst();
    assertThat(source.labels())
        .isEqualTo(Labels.of("job", "gateway", "instance", "gw1", "market", "XTKS"));
    assertThat(source.encoding()).isEqualTo(Charset.forName("windows-31j"));
    assertThat(source.eventStart()).isPresent();
    assertThat(source.readFrom()).isEqualTo(LogSource.ReadFrom.END);
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    AgentConfig _ =
        read(
            """
            agent:
              interval: 10ms
              intervall: 5s
              spool: {max-bytes: 1MiB}
              processes:
                - {name: gateway, pattern: "("}
              logs:
                - labels: {"a b": c}
                  encoding: UTF-16
                - paths: /x.log
                  multiline: {}
            """);
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "h.yaml:2:13: interval: expected at least 1s",
            "h.yaml:3:3: intervall: unknown key, did you mean \"interval\"?",
            "h.yaml:4:22: max-bytes: expected at least 64MiB",
            "h.yaml:6:32: pattern: not a regular expression: Unclosed group at 1",
            "h.yaml:8:7: paths: is missing: name at least one file or glob",
            "h.yaml:8:23: a b: expected a label name like service_name",
            "h.yaml:9:17: encoding: expected UTF-8, Shift_JIS or EUC-JP, got \"UTF-16\"",
            "h.yaml:11:18: start: is missing");
  }
}
