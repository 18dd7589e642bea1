package hinomi.ruletests;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.promql.PromQlConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Gives every test file below `-Dcorpora=DIRECTORY` (of all its sub-folders, and of the folder
/// `exchange-rules` beside it) to `-Dpromtool=FILE` and to us: the verdict must be the same, and
/// where tests failed, every word of what was expected and what came. What differs is told in
/// `target/promtool-differential.txt`.
final class PromtoolDifferentialTest {
  private static final Pattern TESTS = Pattern.compile("(?m)^tests:");
  private static final Pattern KEYS =
      Pattern.compile("(alert_rule_test|promql_expr_test|input_series|rule_files):");

  @Test
  void every_file_has_the_outcome_that_promtool_finds() throws Exception {
    Path corpora = Path.of(property("corpora"));
    Path promtool = Path.of(property("promtool"));
    TreeMap<String, String> differences = new TreeMap<>();
    int files = 0;
    int failing = 0;
    for (Path file : testFiles(corpora)) {
      RuleTests tests =
          new RuleTests(PromQlConfig.DEFAULT, Optional.empty(), Path.of("../config/calendars"));
      RuleTests.Verdict ours = tests.run(file);
      List<String> theirs = promtool(promtool, file);
      files++;
      failing += ours.failed() ? 1 : 0;
      difference(ours, theirs).ifPresent(text -> differences.put(file.toString(), text));
    }
    List<String> report = new ArrayList<>();
    report.add(
        "%d files, %d of them with failures, %d differ"
            .formatted(files, failing, differences.size()));
    differences.forEach((file, difference) -> report.add(file + "\n" + difference));
    Files.write(Path.of("target/promtool-differential.txt"), report);
    System.out.println(report.getFirst());
    assertThat(differences).isEmpty();
  }

  private static String property(String name) {
    String value = System.getProperty(name, "");
    Assumptions.assumeFalse(value.isEmpty(), "skipped: no -D" + name + " is given");
    return value;
  }

  private static List<Path> testFiles(Path corpora) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : List.of(corpora, corpora.resolveSibling("exchange-rules"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(PromtoolDifferentialTest::isTestFile).sorted().forEach(found::add);
        }
      }
    }
    return found;
  }

  private static boolean isTestFile(Path file) {
    try {
      if (!file.toString().matches(".*\\.ya?ml") || !Files.isRegularFile(file)) {
        return false;
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return TESTS.matcher(text).find() && KEYS.matcher(text).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// What it says of failures, empty when there are none.
  private static List<String> promtool(Path promtool, Path file) throws Exception {
    Path errors = Files.createTempFile("promtool", ".txt");
    Process process =
        new ProcessBuilder(
                promtool.toString(),
                "test",
                "rules",
                "--enable-feature=promql-experimental-functions",
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    int code = process.waitFor();
    List<String> said = lines(Files.readString(errors));
    Files.delete(errors);
    return code == 0 ? List.of() : said.subList(said.indexOf("  FAILED:") + 1, said.size());
  }

  private static List<String> lines(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("  WARNING"))
        .map(line -> line.stripTrailing())
        .toList();
  }

  /// Words are compared where both could run the tests: of a file that is wrong we say more.
  private static Optional<String> difference(RuleTests.Verdict ours, List<String> theirs) {
    List<String> mine = lines(String.join("\n", ours.failures()));
    if (ours.failed() != !theirs.isEmpty()) {
      return Optional.of("promtool says " + theirs + "\nwe say " + mine);
    }
    boolean ran = theirs.stream().anyMatch(line -> line.strip().startsWith("got:"));
    return ran && !mine.equals(theirs)
        ? Optional.of(
            "promtool says\n" + String.join("\n", theirs) + "\nwe say\n" + String.join("\n", mine))
        : Optional.empty();
  }
}
