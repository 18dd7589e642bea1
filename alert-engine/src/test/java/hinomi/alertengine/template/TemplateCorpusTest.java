package hinomi.alertengine.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Prometheus' own template cases, `alert-templates` of the corpora (`-Dcorpora=DIR`). What we do
/// not do stands in `corpora/template-gaps.txt` with its reason; a gap that has closed is a failure
/// too, so that the list stays true.
final class TemplateCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void prometheus_cases_hold_but_for_the_listed_gaps() throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    Set<String> failed = new TreeSet<>();
    int count = 0;
    Path file = Path.of(corpora, "alert-templates/prometheus_template_cases.jsonl");
    for (String line : Files.readAllLines(file)) {
      JsonNode node = JSON.readTree(line);
      String name = node.get("text").asText() + " on " + node.path("input_go").asText("nothing");
      count++;
      if (!holds(node)) {
        failed.add(name);
      }
    }
    assertThat(count).isGreaterThan(40);
    assertThat(failed).isEqualTo(gaps());
  }

  private static Set<String> gaps() throws IOException {
    try (InputStream in =
        TemplateCorpusTest.class.getResourceAsStream("/corpora/template-gaps.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean holds(JsonNode node) {
    String input = node.path("input_go").asText("");
    boolean mustFail = node.get("should_fail").asBoolean();
    if (node.get("output").isNull() && !mustFail) {
      return false; // the expectation is Go code
    }
    try {
      Template template = Template.parse(node.get("text").asText());
      Template.Scope scope = scope(node);
      String text =
          input.contains("{") && !input.startsWith("&")
              ? template.expand(list(input), scope)
              : template.expand(scope);
      return !mustFail && text.equals(node.get("output").asText());
    } catch (Failure e) {
      return mustFail;
    }
  }

  private static Template.Scope scope(JsonNode node) {
    List<Sample> rows = new ArrayList<>();
    for (JsonNode row : node.path("query_result")) {
      Labels.Builder labels = Labels.builder();
      row.get("metric")
          .properties()
          .forEach(entry ->
              labels.set(
                  entry.getKey().equals("null") ? Labels.NAME : entry.getKey(),
                  entry.getValue().asText()));
      rows.add(new Sample(labels.build(), 0, Double.parseDouble(row.get("value").asText())));
    }
    Instant now = Instant.ofEpochMilli(1_353_755_652_000L);
    return new Template.Scope(
        Labels.EMPTY,
        0.0,
        now,
        "http://testhost:9090/path/prefix",
        Labels.EMPTY,
        (_, _) -> Vector.of(rows));
  }

  /// `[]float64{0.0, 1.0}` and the like.
  private static List<Object> list(String go) {
    String inside = go.substring(go.indexOf('{') + 1, go.lastIndexOf('}'));
    List<Object> list = new ArrayList<>();
    for (String piece : inside.split(", ")) {
      list.add(
          switch (piece) {
            case "math.MaxInt64" -> Long.MAX_VALUE;
            case "math.MinInt64" -> Long.MIN_VALUE;
            case "math.MaxUint64" -> 1.8446744073709552e19;
            case "math.Inf(1)" -> Double.POSITIVE_INFINITY;
            case "math.Inf(-1)" -> Double.NEGATIVE_INFINITY;
            case "math.NaN()" -> Double.NaN;
            case "86400 + 3600" -> 90_000.0;
            case "-(86400*2 + 3600*3 + 60*4 + 5)" -> -183_845.0;
            default ->
                piece.startsWith("\"")
                    ? piece.substring(1, piece.length() - 1)
                    : go.startsWith("[]float64")
                        ? Double.valueOf(piece)
                        : (Object) Long.valueOf(piece);
          });
    }
    return list;
  }
}
