package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.settings.Mistakes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// States recorded from Prometheus 2.42, `alert-rule-scenarios` of the corpora.
final class AlertScenarioCorpusTest {
  /// Where we differ on purpose: a rule that yields too much is a failed rule, and a failure
  /// resolves nothing.
  private static final List<String> KNOWN = List.of("group_limit_exceeded");

  @TestFactory
  List<DynamicTest> states_follow_prometheus() throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    JsonNode scenarios =
        new ObjectMapper()
            .readTree(Path.of(corpora, "alert-rule-scenarios/recorded.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode scenario : scenarios) {
      String name = scenario.get("name").asText();
      if (!KNOWN.contains(name)) {
        tests.add(DynamicTest.dynamicTest(name, () -> play(scenario)));
      }
    }
    return tests;
  }

  private static void play(JsonNode scenario) throws IOException {
    try (World world = new World()) {
      world.rules(scenario.get("rules").asText());
      if (scenario.path("expect_load_error").asBoolean()) {
        org.assertj.core.api.Assertions.assertThatThrownBy(world::start)
            .isInstanceOf(Mistakes.Invalid.class);
        return;
      }
      Series series = new Series(scenario.get("series"), world);
      world.answers.put("m > 1", at -> series.at(at, "m", value -> value > 1));
      world.answers.put("absent(m{i=\"a\"})", at -> series.absent(at));
      world.answers.put("sum by (job) (m)", series::sums);
      world.answers.put("job:m:sum > 8", at -> series.recorded(at));
      world.start();
      List<String> seen = new ArrayList<>();
      for (int i = 0; i <= scenario.get("end").asInt() * 10; i++) {
        world.goTo(Duration.ofMillis(i * 100L));
        String state = state(world);
        if (i > 10 && (seen.isEmpty() || !seen.getLast().equals(state))) {
          seen.add(state);
        }
      }
      List<String> expected = new ArrayList<>();
      for (JsonNode state : scenario.get("expected_states")) {
        expected.add(state(state.get("alerts")));
      }
      // The recordings begin some seconds after the first evaluation or just before it.
      if (seen.getFirst().equals(expected.get(Math.min(1, expected.size() - 1)))) {
        expected.removeFirst();
      }
      assertThat(seen).endsWith(expected.toArray(String[]::new));
    }
  }

  private static String state(World world) {
    TreeSet<String> alerts = new TreeSet<>();
    world
        .engine()
        .rules()
        .forEach(group ->
            group
                .rules()
                .forEach(rule ->
                    rule.alerts()
                        .forEach(alert ->
                            alerts.add(
                                alert.labels().toMap()
                                    + " "
                                    + alert.phase()
                                    + " "
                                    + alert.annotations()))));
    return alerts.toString();
  }

  private static String state(JsonNode alerts) {
    TreeSet<String> set = new TreeSet<>();
    for (JsonNode alert : alerts) {
      set.add(
          map(alert.get("labels"))
              + " "
              + alert.get("state").asText().toUpperCase(java.util.Locale.ROOT)
              + " "
              + map(alert.get("annotations")));
    }
    return set.toString();
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  /// What the scenario pushes, and the four expressions that it asks about.
  private record Series(JsonNode series, World world) {
    List<Sample> at(Instant at, String metric, Predicate<Double> keep) {
      List<Sample> samples = new ArrayList<>();
      series
          .properties()
          .forEach(entry -> {
            Labels labels = labels(entry.getKey()).with(Labels.NAME, metric);
            Double value = null;
            for (JsonNode step : entry.getValue()) {
              if (step.get(0).asDouble() * 1000 <= world.elapsed(at).toMillis()) {
                value = step.get(1).isNumber() ? step.get(1).asDouble() : null;
              }
            }
            if (value != null && keep.test(value)) {
              samples.add(new Sample(labels, at.toEpochMilli(), value));
            }
          });
      return samples;
    }

    private static Labels labels(String selector) {
      String inside = selector.substring(selector.indexOf('{') + 1, selector.length() - 1);
      return Labels.of(inside.replace("\"", "").split("[=,]"));
    }

    List<Sample> absent(Instant at) {
      boolean present =
          at(at, "m", _ -> true).stream().anyMatch(s -> s.labels().get("i").equals("a"));
      return present ? List.of() : List.of(new Sample(Labels.of("i", "a"), at.toEpochMilli(), 1));
    }

    List<Sample> sums(Instant at) {
      Map<String, Double> sums = new TreeMap<>();
      at(at, "m", _ -> true)
          .forEach(s -> sums.merge(s.labels().get("job"), s.value(), Double::sum));
      List<Sample> samples = new ArrayList<>();
      sums.forEach(
          (job, sum) -> samples.add(new Sample(Labels.of("job", job), at.toEpochMilli(), sum)));
      return samples;
    }

    List<Sample> recorded(Instant at) {
      return world.stored.stream()
          .filter(s -> s.labels().metric().equals("job:m:sum"))
          .filter(s -> s.timestamp() == at.toEpochMilli() && s.value() > 8)
          .toList();
    }
  }
}
