package hinomi.rulelint;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Dialect;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import hinomi.testkit.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What is said of routes. `alertmanager` and `rules` are files, in YAML's flow style; `fine` says
/// that nothing is found, `finds` that just the lines below are: check, severity, line of the file.
final class RouteLintSpecTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> routes() {
    return Specs.of("routes", Page::new);
  }

  private final class Page implements Specs.Meaning {
    Page() {
      try {
        Files.deleteIfExists(folder.resolve("alertmanager.yml"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void run(Specs.Step step) throws IOException {
      switch (step.verb()) {
        case "alertmanager" ->
            Files.writeString(folder.resolve("alertmanager.yml"), lines(step.block()));
        case "rules" -> {
          Path rules = Files.createDirectories(folder.resolve("rules"));
          Files.writeString(rules.resolve("r.yml"), lines(step.block()));
        }
        case "fine" -> assertThat(found()).isEmpty();
        case "finds" -> assertThat(found()).containsExactlyElementsOf(step.block());
        default -> throw new IllegalArgumentException(step.verb());
      }
    }

    private String lines(List<String> block) {
      return String.join("\n", block) + "\n";
    }

    private List<String> found() throws IOException {
      Mistakes mistakes = new Mistakes();
      Section empty = Yaml.parse("hinomi.yaml", "", mistakes);
      AlertEngineConfig config =
          AlertEngineConfig.from(
              empty.section("alerting"), empty.section("delivery"), folder, folder);
      Files.createDirectories(config.onCall());
      Files.writeString(
          config.onCall().resolve("o.yaml"),
          """
          people: [{id: ann, name: Ann, mail: ann@exchange.example}]
          ladders: [{id: default, steps: [{notify: [{person: ann}]}]}]
          """);
      OnCall onCall = OnCall.read(config.onCall(), mistakes);
      AlertRouting routing = AlertRouting.read(config, onCall, mistakes);
      assertThat(mistakes.all()).isEmpty();
      Vocabulary vocabulary =
          new Vocabulary(expression -> PromQl.check(expression, Dialect.FULL), Map.of());
      RuleLint.Report report =
          new RuleLint(vocabulary, Dialect.FULL)
              .rules(Yaml.files(config.rules()), routing, config.alertmanagerFile());
      assertThat(report.mistakes()).isEmpty();
      return report.findings().stream().map(RouteLintSpecTest::line).toList();
    }
  }

  private static String line(Finding finding) {
    return finding.check()
        + " "
        + finding.place().line()
        + ": "
        + finding.severity().word()
        + ": "
        + finding.what().en();
  }
}
