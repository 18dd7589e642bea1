package hinomi.promql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.BadInput;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Printer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Parses what others wrote (`-Dcorpora=DIRECTORY`): Prometheus' parse cases and print round trips,
/// and the expressions of public dashboards and rules.
class ParseCorpusTest {
  @Test
  void prometheus_parse_cases_are_accepted_or_refused_with_its_words() throws IOException {
    Path corpus = Corpora.folder("promql-parse");
    Map<String, String> failures = new TreeMap<>();
    List<JsonNode> cases = Corpora.lines(corpus.resolve("parse_cases.jsonl"));
    for (JsonNode each : cases) {
      String why = refusal(each.get("expr").asText());
      boolean valid = each.get("valid").asBoolean();
      String wanted = each.get("error").isNull() ? "" : each.get("error").asText();
      if (valid ? !why.isEmpty() : why.isEmpty() || !why.contains(wanted)) {
        failures.put(each.get("expr").asText(), "wanted: " + wanted + "; got: " + why);
      }
    }
    check("parse", cases.size(), failures);
  }

  @Test
  void prometheus_print_cases_come_out_as_it_prints_them() throws IOException {
    Path corpus = Corpora.folder("promql-parse");
    Map<String, String> failures = new TreeMap<>();
    List<JsonNode> cases = Corpora.lines(corpus.resolve("print_roundtrip.jsonl"));
    for (JsonNode each : cases) {
      String in = each.get("in").asText();
      String why = refusal(in);
      String out = why.isEmpty() ? Printer.print(Parser.parse(in)) : why;
      if (!out.equals(each.get("out").asText())) {
        failures.put(in, out);
      }
    }
    check("print", cases.size(), failures);
  }

  @Test
  void expressions_of_public_dashboards_parse_to_the_same_tree_as_what_prometheus_formats()
      throws IOException {
    Path corpus = Corpora.folder("expressions");
    Map<String, String> failures = new TreeMap<>();
    List<JsonNode> cases = Corpora.lines(corpus.resolve("dashboard_promql.checked.jsonl"));
    for (JsonNode each : cases) {
      String text = each.get("interp").asText();
      boolean good = each.get("parses_2_42").asBoolean();
      String why = refusal(text);
      if (good != why.isEmpty()) {
        failures.put(text, good ? why : "should be refused");
      } else if (good && !sameMeaning(text, each.get("formatted").asText())) {
        failures.put(text, Printer.print(Parser.parse(text)));
      }
    }
    check("dashboard", cases.size(), failures);
  }

  /// Prometheus' form of it and ours are the same tree.
  private static boolean sameMeaning(String text, String formatted) {
    Expr tree = Parser.parse(text);
    return tree.equals(Parser.parse(formatted)) && tree.equals(Parser.parse(Printer.print(tree)));
  }

  @Test
  void expressions_of_public_rules_parse_and_print_to_themselves() throws IOException {
    Path corpus = Corpora.folder("expressions");
    Map<String, String> failures = new TreeMap<>();
    List<JsonNode> cases = Corpora.lines(corpus.resolve("rules.jsonl"));
    for (JsonNode each : cases) {
      String text = each.get("expr").asText();
      String why = refusal(text);
      if (!why.isEmpty()) {
        failures.put(text, why);
      } else if (!sameMeaning(text, Printer.print(Parser.parse(text)))) {
        failures.put(text, Printer.print(Parser.parse(text)));
      }
    }
    check("rule", cases.size(), failures);
  }

  private static String refusal(String text) {
    try {
      Parser.parse(text);
      return "";
    } catch (BadInput e) {
      return e.reason();
    }
  }

  private static void check(String kind, int cases, Map<String, String> failures)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add((cases - failures.size()) + " of " + cases);
    failures.forEach((in, out) -> lines.add(in + "  ⇒  " + out));
    Corpora.report("corpus-" + kind, lines);
    Set<String> failed = new HashSet<>();
    failures.keySet().forEach(in -> failed.add(in.replaceAll("\\s+", " ")));
    assertThat(failed).isEqualTo(Corpora.gaps(kind));
  }
}
