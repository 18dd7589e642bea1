package hinomi.rulelint;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Language;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Dialect;
import hinomi.settings.Mistakes;
import hinomi.testkit.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What each check says, and what it does not.
///
/// `alert NAME` or `record NAME` is a rule, with its other keys below. `fine` says that nothing is
/// found about the rules since the last verdict; `CHECK at TEXT` that just this is found, where the
/// text begins; below it may stand severity, words and advice.
final class LintSpecTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> lint() {
    return Specs.of("lint", Page::new);
  }

  private final class Page implements Specs.Meaning {
    private StringBuilder rules = new StringBuilder();

    @Override
    public void run(Specs.Step step) throws IOException {
      switch (step.verb()) {
        case "alert", "record" -> rule(step);
        case "fine" -> assertThat(found()).isEmpty();
        default -> judge(step);
      }
    }

    private void rule(Specs.Step step) {
      rules.append("    - ").append(step.verb()).append(": ").append(step.rest()).append('\n');
      step.block().forEach(line -> rules.append("      ").append(line).append('\n'));
    }

    private void judge(Specs.Step step) throws IOException {
      List<Finding> found = found();
      assertThat(found).as("findings").hasSize(1);
      Finding finding = found.getFirst();
      assertThat(finding.check()).isEqualTo(step.verb());
      assertThat(finding.place().excerpt().substring(finding.place().column() - 1))
          .startsWith(step.rest().substring("at ".length()));
      if (!step.block().isEmpty()) {
        String said =
            finding.severity().word()
                + ": "
                + finding.what().en()
                + (finding.advice().isEmpty() ? "" : "\n→ " + finding.advice().en());
        assertThat(said).isEqualTo(step.block().stream().collect(Collectors.joining("\n")));
      }
      assertThat(finding.shown(Language.JA)).contains("[" + step.verb() + "]");
    }

    private List<Finding> found() throws IOException {
      Path file = folder.resolve("rules.yaml");
      Files.writeString(file, "groups:\n  - name: g\n    rules:\n" + rules);
      rules = new StringBuilder();
      Mistakes mistakes = new Mistakes();
      Vocabulary vocabulary =
          new Vocabulary(expression -> PromQl.check(expression, Dialect.FULL), Map.of())
              .with(TradingCalendars.read(Path.of("../config/calendars"), mistakes));
      RuleLint.Report report = new RuleLint(vocabulary, Dialect.FULL).rules(List.of(file));
      assertThat(report.mistakes()).isEmpty();
      return report.findings();
    }
  }
}
