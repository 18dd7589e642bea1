package hinomi.alertengine.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Alertmanager's own cases of matchers and routes, `alertmanager-config` of the corpora
/// (`-Dcorpora=DIR`): each is read as Alertmanager reads it, each alert takes its routes.
final class RouteCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RouteNode.Terms DEFAULTS =
      new RouteNode.Terms(
          "notify-def",
          new RouteNode.GroupBy(false, List.of("default")),
          new PageTimes(MINUTE, MINUTE, MINUTE, MINUTE),
          List.of(),
          List.of());

  @Test
  void every_text_of_matchers_is_read_as_by_its_own_grammar() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (JsonNode node : cases("matcher_cases.jsonl")) {
      String input = node.get("input").asText();
      String expected = node.get("valid").asBoolean() ? node.get("matchers").toString() : "refused";
      String read = read(node, input);
      if (!read.equals(expected)) {
        wrong.add(input + " → " + read + ", not " + expected);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String read(JsonNode node, String input) throws IOException {
    try {
      List<Matcher> matchers =
          switch (node.get("parser").asText()) {
            case "classic" -> ClassicMatchers.all(input);
            default ->
                node.get("single").asBoolean()
                    ? List.of(MatcherText.one(input))
                    : new QuotedMatchers(input).all();
          };
      List<List<String>> shown = new ArrayList<>();
      for (Matcher matcher : matchers) {
        shown.add(List.of(matcher.kind().sign(), matcher.name(), matcher.value()));
      }
      return JSON.writeValueAsString(shown);
    } catch (BadInput e) {
      return "refused";
    }
  }

  @Test
  void every_alert_takes_the_routes_that_alertmanager_takes() throws IOException {
    for (JsonNode node : cases("route_cases.jsonl")) {
      Mistakes mistakes = new Mistakes();
      Section section = Yaml.parse("routes", node.get("route_yaml").asText(), mistakes);
      Set<String> receivers =
          Set.of(
              "notify-def",
              "notify-A",
              "notify-testing",
              "notify-productionA",
              "notify-productionB",
              "notify-BC");
      RouteNode root =
          new RouteReader(receivers, Set.of(), (_, _, _) -> {}).root(section, DEFAULTS);
      section.end();
      mistakes.throwIfAny();
      for (JsonNode one : node.get("cases")) {
        Labels.Builder labels = Labels.builder();
        one.get("labels")
            .properties()
            .forEach(entry -> labels.set(entry.getKey(), entry.getValue().asText()));
        List<RouteNode> found = root.match(labels.build());
        assertThat(found.stream().map(RouteNode::key)).isEqualTo(texts(one.get("keys")));
        for (int i = 0; i < found.size(); i++) {
          check(found.get(i).terms(), one.get("routes").get(i));
        }
      }
    }
  }

  private static void check(RouteNode.Terms terms, JsonNode expected) {
    assertThat(terms.receiver()).isEqualTo(expected.get("receiver").asText());
    assertThat(terms.times().groupWait()).isEqualTo(duration(expected.get("group_wait").asText()));
    assertThat(terms.times().interval())
        .isEqualTo(duration(expected.get("group_interval").asText()));
    assertThat(terms.times().repeat())
        .isEqualTo(duration(expected.get("repeat_interval").asText()));
    assertThat(terms.groupBy().all())
        .isEqualTo(expected.get("group_by_all").asText().equals("true"));
    JsonNode groupBy = expected.get("group_by");
    assertThat(terms.groupBy().labels())
        .isEqualTo(groupBy.isTextual() ? List.of("default") : texts(groupBy));
  }

  /// Such as `2 * time.Minute`.
  private static Duration duration(String text) {
    if (text.equals("default")) {
      return MINUTE;
    }
    long count = Long.parseLong(text.substring(0, text.indexOf(' ')));
    return switch (text.substring(text.indexOf('.') + 1)) {
      case "Second" -> Duration.ofSeconds(count);
      case "Minute" -> Duration.ofMinutes(count);
      case "Hour" -> Duration.ofHours(count);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<JsonNode> cases(String file) throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    List<JsonNode> nodes = new ArrayList<>();
    try (Stream<String> lines = Files.lines(Path.of(corpora, "alertmanager-config", file))) {
      for (String line : lines.toList()) {
        nodes.add(JSON.readTree(line));
      }
    }
    assertThat(nodes).isNotEmpty();
    return nodes;
  }
}
