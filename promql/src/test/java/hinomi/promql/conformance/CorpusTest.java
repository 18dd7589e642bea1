package hinomi.promql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.promql.PromQlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Runs Prometheus' own test files from outside the repository (`-Dcorpora=DIRECTORY`), everything
/// experimental switched on as it is there. All cases must pass but for those of `known-gaps.txt`,
/// and no case may stand there that passes. What came of each tier, and why some cases cannot
/// apply, is told in `target/promql-test-3.13.txt`.
class CorpusTest {
  private static final String FOLDER = "promql-test-3.13";

  @Test
  void prometheus_own_cases_pass_but_for_the_known_gaps() throws IOException {
    Path corpus = Corpora.folder(FOLDER);
    Map<String, String> tiers = tiers(corpus.resolve("cases.jsonl"));
    Map<String, String> failures = new TreeMap<>();
    for (Path file : files(corpus)) {
      failures.putAll(run(file));
    }
    Map<String, String> gaps = Corpora.reasons("suite");
    report(tiers, failures, gaps);
    assertThat(failures.keySet()).isEqualTo(gaps.keySet());
  }

  private static List<Path> files(Path corpus) throws IOException {
    try (var files = Files.list(corpus)) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
  }

  private static Map<String, String> run(Path file) throws IOException {
    Map<String, String> failures = new HashMap<>();
    TestRun run = new TestRun(PromQlConfig.DEFAULT.withDelayedNames());
    for (TestFile.Command command : TestFile.parse(Files.readAllLines(file))) {
      try {
        run.run(command);
      } catch (AssertionError | RuntimeException e) {
        failures.put(file.getFileName() + ":" + command.line(), String.valueOf(e.getMessage()));
      }
    }
    return failures;
  }

  private static Map<String, String> tiers(Path cases) throws IOException {
    Map<String, String> tiers = new HashMap<>();
    JsonMapper mapper = new JsonMapper();
    for (String line : Files.readAllLines(cases)) {
      JsonNode node = mapper.readTree(line);
      tiers.put(
          node.get("file").asText() + ":" + node.get("line").asInt(), node.get("tier").asText());
    }
    return tiers;
  }

  private static void report(
      Map<String, String> tiers, Map<String, String> failures, Map<String, String> gaps) {
    Map<String, int[]> counts = new TreeMap<>();
    tiers.forEach((place, tier) -> {
      int[] count = counts.computeIfAbsent(tier, _ -> new int[2]);
      count[1]++;
      count[0] += failures.containsKey(place) ? 0 : 1;
    });
    List<String> lines = new ArrayList<>();
    counts.forEach((tier, count) -> lines.add(tier + ": " + count[0] + " of " + count[1]));
    failures.forEach((place, why) -> {
      String tier = tiers.getOrDefault(place, "?");
      String reason = gaps.containsKey(place) ? "does not apply: " + gaps.get(place) : brief(why);
      lines.add(tier + " " + place + " " + reason);
    });
    Corpora.report(FOLDER, lines);
    lines.forEach(System.out::println);
  }

  private static String brief(String why) {
    return (why.length() > 400 ? why.substring(0, 400) + "…" : why).replace('\n', ' ');
  }
}
