package hinomi.promql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.Point;
import hinomi.promql.parse.Numbers;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Asks the queries of the PromQL compliance project and compares with Prometheus' recorded answers
/// (`-Dcorpora=DIRECTORY`).
class ComplianceTest {
  private static final String FOLDER = "promql-compliance";

  @Test
  void the_compliance_queries_are_answered_as_prometheus_does() throws IOException {
    Path corpus = Corpora.folder(FOLDER);
    MemorySeries source = new MemorySeries();
    for (JsonNode series : Corpora.lines(corpus.resolve("dataset.jsonl.gz"))) {
      Labels labels = labels(series.get("labels"));
      for (JsonNode sample : series.get("samples")) {
        source.add(labels, sample.get(0).asLong(), number(sample.get(1)));
      }
    }
    PromQl promQl =
        new PromQl(PromQlConfig.DEFAULT, source, new SimTime(), new SimpleMeterRegistry());
    Map<String, String> failures = new TreeMap<>();
    List<JsonNode> cases = Corpora.lines(corpus.resolve("expected_prometheus_2.42.jsonl.gz"));
    for (JsonNode each : cases) {
      try {
        ask(promQl, each);
      } catch (AssertionError | Failure e) {
        failures.put(each.get("n").asText(), each.get("query").asText() + ": " + e.getMessage());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add((cases.size() - failures.size()) + " of " + cases.size());
    failures.forEach((n, why) -> lines.add(n + " " + brief(why)));
    Corpora.report(FOLDER, lines);
    Set<String> failed = new HashSet<>(failures.keySet());
    assertThat(failed).isEqualTo(Corpora.gaps("compliance"));
  }

  private static String brief(String why) {
    return why.length() > 600 ? why.substring(0, 600) + "…" : why;
  }

  private static void ask(PromQl promQl, JsonNode each) {
    JsonNode range = each.get("range");
    String query = each.get("query").asText();
    Answer answer;
    try {
      answer =
          promQl.range(
              query,
              seconds(range.get("start")),
              seconds(range.get("end")),
              Duration.ofSeconds(range.get("step").asLong()));
    } catch (Failure e) {
      if (!range.get("status").asText().equals("error")) {
        throw e;
      }
      return;
    }
    if (!range.get("status").asText().equals("success")) {
      throw new AssertionError("should have failed: " + range.get("error").asText());
    }
    TestRun.compare(matrix(range.get("data")), TestRun.points(answer));
    JsonNode instant = each.get("instant");
    if (instant != null && instant.get("status").asText().equals("success")) {
      Answer once = promQl.instant(query, seconds(instant.get("time")));
      TestRun.compare(matrix(instant.get("data")), TestRun.points(once));
    }
  }

  private static Map<Labels, Map<Long, Point>> matrix(JsonNode data) {
    Map<Labels, Map<Long, Point>> matrix = new TreeMap<>();
    JsonNode result = data.get("result");
    if (data.get("resultType").asText().equals("scalar")) {
      matrix.put(Labels.EMPTY, Map.of(millis(result.get(0)), Point.of(number(result.get(1)))));
      return matrix;
    }
    for (JsonNode series : result) {
      Map<Long, Point> points = new TreeMap<>();
      if (series.has("value")) {
        points.put(
            millis(series.get("value").get(0)), Point.of(number(series.get("value").get(1))));
      }
      series
          .path("values")
          .forEach(point -> points.put(millis(point.get(0)), Point.of(number(point.get(1)))));
      matrix.put(labels(series.get("metric")), points);
    }
    return matrix;
  }

  private static Instant seconds(JsonNode node) {
    return Instant.ofEpochMilli(millis(node));
  }

  private static long millis(JsonNode node) {
    return Math.round(node.asDouble() * 1000);
  }

  private static double number(JsonNode node) {
    return node.asText().equals("stale")
        ? Sample.STALE
        : Numbers.parse(node.asText()).orElseThrow();
  }

  private static Labels labels(JsonNode node) {
    Labels.Builder labels = Labels.builder();
    node.properties().forEach(each -> labels.set(each.getKey(), each.getValue().asText()));
    return labels.build();
  }
}
