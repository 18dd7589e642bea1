package hinomi.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a server says of its rules, as text that can be compared: `rules` and `alerts` in full,
/// what the parameters leave of them in outline. Left out is what the clock says, how tokens of
/// pages look, where in a template its mistake is, and the order of a rule's alerts, which
/// Prometheus does not define.
///
/// @param folder of the rule files, which becomes `DIR`; the time in them becomes `CUT`
/// @param server its base URL
record RuleAnswers(Path folder, String server) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String IN_TEMPLATE =
      "error executing template __alert_\\w+: .*?: error calling \\w+: ";
  private static final String TIME = "2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z";

  static String resource(String name) {
    try (InputStream in = RuleAnswers.class.getResourceAsStream("/rules-api/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether some alert is kept firing.
  boolean keeps(Function<String, Running.Answer> client) {
    try {
      return client.apply(server + "/api/v1/alerts").body().contains("keepFiringSince");
    } catch (UncheckedIOException e) {
      return false; // it does not listen yet
    }
  }

  /// All questions of `rules-api/questions.txt`, each with its answer.
  String all(Function<String, Running.Answer> client) {
    return resource("questions.txt")
        .lines()
        .map(question -> "> " + question + "\n" + answer(question, client))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String answer(String question, Function<String, Running.Answer> client) {
    Running.Answer answer = client.apply(server + "/api/v1/" + query(question));
    JsonNode json = answer.json();
    String text =
        switch (question) {
          case "rules", "alerts" -> full(json);
          default ->
              json.has("error") || json.at("/data").has("alerts") ? full(json) : outline(json);
        };
    return answer.status()
        + " "
        + text.replace(folder.toString(), "DIR")
            .replaceAll("\\b\\d{10}\\b", "CUT")
            .replaceAll(IN_TEMPLATE, "");
  }

  private String query(String question) {
    int at = question.indexOf('?');
    return at < 0
        ? question
        : question.substring(0, at + 1)
            + Pattern.compile("&")
                .splitAsStream(question.substring(at + 1))
                .map(pair -> pair.split("=", 2))
                .map(pair ->
                    Running.encoded(pair[0])
                        + "="
                        + Running.encoded(pair[1].replace("DIR", folder.toString())))
                .collect(Collectors.joining("&"));
  }

  /// One line for each group and rule.
  private static String full(JsonNode json) {
    settle(json);
    return json.toString()
        .replace("{\"name\":", "\n{\"name\":")
        .replace("{\"state\":", "\n{\"state\":")
        .replace("{\"labels\":", "\n  {\"labels\":");
  }

  /// What the clock says becomes `T` and `S` where it has its form.
  private static void settle(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field -> field.setValue(settled(field.getKey(), field.getValue())));
    }
    node.forEach(RuleAnswers::settle);
  }

  private static JsonNode settled(String name, JsonNode value) {
    return switch (name) {
      case "lastEvaluation", "activeAt", "keepFiringSince" ->
          value.asText().matches(TIME) ? TextNode.valueOf("T") : value;
      case "evaluationTime" ->
          value.isNumber() && value.asDouble() >= 0 && value.asDouble() < 1
              ? TextNode.valueOf("S")
              : value;
      case "alerts" -> value instanceof ArrayNode alerts ? sorted(alerts) : value;
      default -> value;
    };
  }

  private static ArrayNode sorted(ArrayNode alerts) {
    ArrayNode sorted = JSON.createArrayNode();
    elements(alerts)
        .sorted(Comparator.comparing(alert -> alert.at("/labels").toString()))
        .forEach(sorted::add);
    return sorted;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /// Groups with the names of their rules, and what there is besides.
  private static String outline(JsonNode json) {
    StringBuilder text = new StringBuilder();
    for (JsonNode group : json.at("/data/groups")) {
      text.append(text.isEmpty() ? "" : ", ").append(group.at("/name").asText()).append('(');
      text.append(
          elements(group.at("/rules"))
              .map(rule ->
                  rule.at("/name").asText()
                      + (rule.has("alerts")
                          ? ":" + (rule.at("/alerts").isNull() ? "null" : rule.at("/alerts").size())
                          : ""))
              .collect(Collectors.joining(" ")));
      text.append(')');
    }
    return text + (json.at("/data").has("groupNextToken") ? " and more" : "");
  }
}
