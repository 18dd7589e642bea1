package hinomi.ruletests;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.promql.PromQlConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleTestsTest {
  private static final Path CALENDARS = Path.of("../config/calendars");

  private static Path file(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(RuleTestsTest.class.getResource("/tests/" + name)).toURI());
  }

  private static RuleTests.Verdict run(String name, String only) throws Exception {
    return new RuleTests(PromQlConfig.DEFAULT, Optional.of(Pattern.compile(only)), CALENDARS)
        .run(file(name));
  }

  @Test
  void what_is_as_expected_has_no_failures() throws Exception {
    assertThat(run("good.yml", "").failures()).isEmpty();
  }

  @Test
  void what_is_not_is_told_in_promtools_words() throws Exception {
    RuleTests.Verdict verdict = run("failing.yml", "wrong");
    assertThat(String.join("\n", verdict.failures()) + "\n")
        .isEqualTo(Files.readString(file("failing.txt")));
    assertThat(verdict.warnings()).singleElement().asString().contains("nowhere.yml");
  }

  @Test
  void a_rule_whose_results_cannot_be_stored_ends_its_test() throws Exception {
    assertThat(run("failing.yml", "fails").failures())
        .singleElement()
        .asString()
        .startsWith("    rule: copy:load, time: 1m0s, err: ");
  }

  @Test
  void every_mistake_of_a_file_has_its_place() throws Exception {
    List<String> mistakes = run("broken.yml", "").failures();
    String name = file("broken.yml").toString();
    assertThat(mistakes)
        .map(mistake -> mistake.replace(name, "").replaceFirst(": .*", ""))
        .containsExactly(":2:1", ":4:15", ":6:29", ":7:35", ":8:23", ":10:51", ":10:61", ":10:77");
    assertThat(mistakes.getFirst()).contains("did you mean \"evaluation_interval\"?");
  }

  @Test
  void native_histograms_are_stored_by_rules_and_told_in_texts() throws Exception {
    assertThat(run("histograms.yml", "").failures()).isEmpty();
  }

  @Test
  void what_rules_say_beyond_prometheus_counts() throws Exception {
    assertThat(run("beyond.yml", "").failures()).isEmpty();
  }

  @Test
  void a_spec_tells_what_the_live_engine_does() throws Exception {
    assertThat(run("slow.spec", "").failures()).isEmpty();
  }

  @Test
  void what_is_not_as_specified_is_told_with_its_line() throws Exception {
    String name = file("wrong.spec").toString();
    assertThat(run("wrong.spec", "").failures())
        .containsExactly(
            name + ":4: expected nothing, got Slow firing",
            name + ":5: expected {__name__=\"p99\"} 1E+00, got {__name__=\"p99\"} 9E-01");
  }

  @Test
  void every_mistake_of_a_spec_has_its_line() throws Exception {
    String name = file("broken.spec").toString();
    assertThat(run("broken.spec", "").failures())
        .map(mistake -> mistake.replace(name, "").replaceFirst(":1: .*", ""))
        .containsExactly(":1", ":2", ":3", ":4", ":5", ":6", ":7", ":8");
  }

  @Test
  void a_file_that_is_not_there_fails() {
    RuleTests tests = new RuleTests(PromQlConfig.DEFAULT, Optional.empty(), CALENDARS);
    assertThat(tests.run(Path.of("nowhere/x.yml")).failed()).isTrue();
  }

  @Test
  void patterns_find_files_as_go_does(@TempDir Path folder) throws Exception {
    for (String name : List.of("a/1.yml", "a/2.yml", "b/1.yml", "b/1.yaml", "b/{x}.yml")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "");
    }
    assertThat(found(folder, "*/1.yml")).containsExactly("a/1.yml", "b/1.yml");
    assertThat(found(folder, "a/../b/[0-9].y*")).containsExactly("b/1.yaml", "b/1.yml");
    assertThat(found(folder, "b/{*}.yml")).containsExactly("b/{x}.yml");
    assertThat(found(folder, "**/[^1].yml")).containsExactly("a/2.yml");
    assertThat(found(folder, "c/1.yml")).isEmpty();
    assertThat(found(folder, "a/1.yml")).containsExactly("a/1.yml");
  }

  private static List<String> found(Path folder, String pattern) {
    return Globs.find(folder, pattern).stream()
        .map(path -> folder.relativize(path).toString())
        .toList();
  }
}
