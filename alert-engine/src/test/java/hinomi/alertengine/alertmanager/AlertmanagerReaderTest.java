package hinomi.alertengine.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.oncall.OnCall;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class AlertmanagerReaderTest {
  private final Mistakes mistakes = new Mistakes();

  private AlertmanagerFile read(String text, boolean allowUndeliverable) {
    return new AlertmanagerReader(OnCall.nobodyNamed(), allowUndeliverable)
        .read(Yaml.parse("alertmanager.yml", text, mistakes));
  }

  private List<String> wrong(String text) {
    AlertmanagerFile _ = read(text, false);
    return mistakes.all().stream()
        .map(mistake -> mistake.line() + ":" + mistake.column() + ": " + mistake.text())
        .toList();
  }

  @Test
  void what_cannot_be_delivered_is_refused_with_its_place_and_a_way_out() {
    String text =
        """
        route: {receiver: chat}
        receivers:
        - name: chat
          slack_configs:
          - {channel: '#ops', api_url: 'https://hooks.example/x'}
        """;
    assertThat(wrong(text))
        .containsExactly(
            "5:3: slack_configs: we cannot deliver to slack, and the receiver has no other way: add"
                + " webhook_configs, email_configs or hinomi_configs: [{ladder: default}], or write"
                + " alerting.import-undeliverable: warn to have its alerts told to nobody");
  }

  @Test
  void what_cannot_be_delivered_is_noted_where_there_is_another_way_or_leave_was_given() {
    AlertmanagerFile leave =
        read(
            """
            route: {receiver: chat}
            receivers: [{name: chat, slack_configs: [{channel: x}]}]
            """,
            true);
    AlertmanagerFile other =
        read(
            """
            route: {receiver: chat}
            receivers: [{name: chat, slack_configs: [{}], webhook_configs: [{url: 'http://h/x'}]}]
            """,
            false);
    assertThat(mistakes.all()).isEmpty();
    assertThat(leave.notes()).hasSize(1);
    assertThat(leave.receivers().values()).allMatch(receiver -> receiver.isNobody());
    assertThat(other.notes()).hasSize(1);
    assertThat(other.receivers().values()).noneMatch(receiver -> receiver.isNobody());
  }

  @Test
  void what_has_no_effect_here_is_read_and_noted() {
    AlertmanagerFile file =
        read(
            """
            global: {resolve_timeout: 10m}
            route: {receiver: chat, labels: {a: '{{ .GroupLabels.b }}'}}
            receivers: [{name: chat, labels: {team: x}, webhook_configs: [{url: 'http://h/x'}]}]
            tracing: {endpoint: 'h:1'}
            event_recorder: {outputs: []}
            """,
            false);
    assertThat(mistakes.all()).isEmpty();
    assertThat(file.notes()).hasSize(4).anyMatch(note -> note.contains(":2: labels: "));
    assertThat(file.resolveTimeout()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void every_mistake_is_told_with_its_place() {
    assertThat(
            wrong(
                """
                route:
                  receiver: opps
                  routes:
                  - matchers: ['severity="page"', 'team=~"("']
                    receiver: ops
                    mute_time_intervals: [nigth]
                receivers:
                - name: ops
                  webhook_configs: [{url: 'http://h/x', http_config: {proxy_url: 'http://p'}}]
                - name: ladder
                  hinomi_configs: [{ladder: defualt}]
                inhibit_rules:
                - source_matchers: [severity=page]
                  target_matchers: [severity]
                time_intervals: [{name: night, time_intervals: [{weekdays: [funday]}]}]
                """))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("2:13: receiver: ").contains("\"ops\""),
            text -> assertThat(text).startsWith("4:").contains("matchers"),
            text -> assertThat(text).startsWith("6:").contains("\"night\""),
            text -> assertThat(text).startsWith("9:").contains("proxy_url"),
            text -> assertThat(text).startsWith("11:").contains("\"default\""),
            text -> assertThat(text).startsWith("14:").contains("target_matchers"),
            text -> assertThat(text).startsWith("15:").contains("funday"));
  }

  @Test
  void webhooks_keep_their_credentials_and_their_wishes() {
    AlertmanagerFile file =
        read(
            """
            global: {smtp_smarthost: 'mx.example:587', smtp_from: am@x.example}
            route: {receiver: r}
            receivers:
            - name: r
              email_configs: [{to: 'Ops <ops@x.example>, b@x.example'}]
              webhook_configs:
              - url: http://h/x
                http_config: {basic_auth: {username: u, password: p}}
                send_resolved: false
                max_alerts: 2
                timeout: 500ms
              - {url: 'http://h/y', http_config: {authorization: {credentials: t}}}
            """,
            false);
    assertThat(mistakes.all()).isEmpty();
    assertThat(file.smtp()).map(Object::toString).containsExactly("SmtpConfig[mx.example:587]");
    assertThat(file.receivers().get("r"))
        .satisfies(receiver -> {
          assertThat(receiver.targets())
              .containsExactly("mail:ops@x.example", "mail:b@x.example", "hook:r/0", "hook:r/1");
          assertThat(receiver.firingOnly())
              .containsExactlyInAnyOrder("mail:ops@x.example", "mail:b@x.example", "hook:r/0");
        });
    assertThat(manner(file, "hook:r/0").authorization()).isEqualTo("Basic dTpw");
    assertThat(manner(file, "hook:r/0").maxAlerts()).isEqualTo(2);
    assertThat(manner(file, "hook:r/1").authorization()).isEqualTo("Bearer t");
    assertThat(file.toString()).doesNotContain("dTpw").doesNotContain("Bearer");
  }

  private static Channel.Manner manner(AlertmanagerFile file, String target) {
    return Objects.requireNonNull(file.hooks().get(target)).manner();
  }

  /// Files of the corpus `alertmanager-config` (`-Dcorpora=DIR`) with what amtool says about each.
  /// A file that only names services to which we do not deliver is refused for that alone.
  @Test
  void alertmanagers_own_files_get_the_verdict_that_amtool_gives() throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    Path folder = Path.of(corpora, "alertmanager-config");
    JsonNode verdicts =
        new ObjectMapper().readTree(Files.readString(folder.resolve("amtool_0.25_verdicts.json")));
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : verdicts.properties()) {
      Mistakes found = new Mistakes();
      Path file = folder.resolve(entry.getKey());
      AlertmanagerFile _ = new AlertmanagerReader(OnCall.nobodyNamed(), false).read(file, found);
      boolean good = entry.getValue().get("amtool_0_25").asBoolean();
      boolean undeliverable =
          found.all().stream().map(Mistake::text).allMatch(text -> text.contains("cannot deliver"));
      if (found.isEmpty() != good && !(good && undeliverable)) {
        wrong.add(entry.getKey() + " " + found.all());
      }
    }
    assertThat(wrong).isEmpty();
  }
}
