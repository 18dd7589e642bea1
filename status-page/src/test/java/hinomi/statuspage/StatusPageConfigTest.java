package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Text;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class StatusPageConfigTest {
  @Test
  void nothingNeedsToBeSaid() {
    Mistakes mistakes = new Mistakes();
    StatusPageConfig config = StatusPageConfig.from(Yaml.parse("x.yaml", "", mistakes));
    mistakes.throwIfAny();
    assertThat(config.identity().name()).isEqualTo(Text.same("Hinomi"));
    assertThat(config.identity().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(config.identity().expiresAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.refresh()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.publishDirectory()).isEmpty();
  }

  @Test
  void everythingCanBeSaid() {
    Mistakes mistakes = new Mistakes();
    Section root =
        Yaml.parse(
            "x.yaml",
            """
            name: {ja: みなと取引所, en: Minato}
            url: https://status.minato.example/x
            zone: Europe/London
            expires-after: 30s
            refresh: 5s
            contact: support@minato.example
            publish:
              directory: /srv/status
            """,
            mistakes);
    StatusPageConfig config = StatusPageConfig.from(root);
    root.end();
    mistakes.throwIfAny();
    assertThat(config.publishDirectory()).contains(Path.of("/srv/status"));
    assertThat(config.identity().basePath()).isEqualTo("/x/");
    assertThat(config.identity().name().en()).isEqualTo("Minato");
  }

  @Test
  void mistakesAreTold() {
    Mistakes mistakes = new Mistakes();
    StatusPageConfig.from(
        Yaml.parse("x.yaml", "zone: Tokyo\nrefresh: 1m\nexpires-after: 1s\n", mistakes));
    assertThat(mistakes.all().toString())
        .contains("x.yaml:1:7: zone: expected UTC or a region like Asia/Tokyo")
        .contains("refresh: expected 1s to 5s")
        .contains("expires-after: must be longer than refresh");
  }
}
