package hinomi.rulelint;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Dialect;
import hinomi.settings.Mistakes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The lint over rules that others, and we, really use. Each finding among public rules was looked
/// at; `public-rules.txt` has them all, so that a check that becomes better or worse is seen.
final class PublicRulesTest {
  private static RuleLint lint() {
    Vocabulary vocabulary =
        new Vocabulary(expression -> PromQl.check(expression, Dialect.FULL), Map.of())
            .with(TradingCalendars.read(Path.of("../config/calendars"), new Mistakes()));
    return new RuleLint(vocabulary, Dialect.FULL);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static Stream<String> lines(Path folder, Path file) {
    return lint().rules(List.of(file)).findings().stream()
        .map(finding ->
            folder.relativize(file)
                + ":"
                + finding.place().line()
                + ":"
                + finding.place().column()
                + " "
                + finding.check());
  }

  @Test
  void our_own_rules_have_no_finding() throws IOException {
    for (String folder :
        List.of("../config/rules", "../examples/exchange-simulator/config/rules")) {
      assertThat(files(Path.of(folder)).stream().flatMap(file -> lines(Path.of(folder), file)))
          .isEmpty();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "corpora", matches = ".+")
  void public_rules_have_the_findings_that_we_know() throws IOException {
    Path folder = Path.of(System.getProperty("corpora"), "rules");
    List<String> found = files(folder).stream().flatMap(file -> lines(folder, file)).toList();
    assertThat(String.join("\n", found)).isEqualTo(known().strip());
  }

  private static String known() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(
            PublicRulesTest.class.getResourceAsStream("/public-rules.txt"), "public-rules.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
