package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/alertmanager-cases.md` names what there is, and all that was written for it.
final class AlertmanagerCasesTest {
  private static final Path CASES = Path.of("../docs/alertmanager-cases.md");
  private static final Path SPECS = Path.of("src/test/resources/specs");
  private static final Pattern SPEC = Pattern.compile("`([\\w/-]+\\.spec)`");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  private static Set<String> named(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(CASES))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_spec_that_is_named_is_there() throws IOException {
    for (String spec : named(SPEC)) {
      Path there = SPECS.resolve(spec);
      Path server = Path.of("../server/src/test/resources", spec);
      assertThat(Files.exists(there) || Files.exists(server)).as(spec).isTrue();
    }
  }

  @Test
  void every_test_that_is_named_is_there() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (Path module : Set.of(Path.of("src/test/java"), Path.of("../server/src/test/java"))) {
      try (Stream<Path> files = Files.walk(module)) {
        files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(tests::add);
      }
    }
    assertThat(tests).containsAll(named(TEST));
  }

  @Test
  void every_spec_of_alertmanagers_is_named() throws IOException {
    try (Stream<Path> files = Files.list(SPECS.resolve("alertmanager"))) {
      assertThat(files.map(file -> "alertmanager/" + file.getFileName()).toList())
          .isSubsetOf(named(SPEC));
    }
  }

  @Test
  void every_row_names_what_shows_it_or_says_how_we_differ() throws IOException {
    Matcher rows = Pattern.compile("(?m)^\\| (?!statement).*$").matcher(Files.readString(CASES));
    assertThat(rows.results().map(row -> row.group()).toList())
        .hasSizeGreaterThan(50)
        .allMatch(row ->
            SPEC.matcher(row).find() || TEST.matcher(row).find() || row.contains("**differs**"));
  }
}
