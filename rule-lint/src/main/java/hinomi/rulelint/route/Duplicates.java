package hinomi.rulelint.route;

import hinomi.alertengine.rule.Rule;
import hinomi.model.Text;
import hinomi.rulelint.Finding;
import hinomi.rulelint.check.Severity;
import hinomi.rulelint.read.Entry;
import hinomi.settings.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rules of equal name, expression and labels: they make the same alerts, or the same series,
/// twice.
public final class Duplicates {
  private Duplicates() {}

  private record Sameness(String name, String expression, Map<String, String> labels) {}

  public static List<Finding> of(List<Entry> entries) {
    Map<Sameness, Entry> first = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : entries) {
      Entry before = first.putIfAbsent(sameness(entry.rule()), entry);
      if (before != null) {
        Mistake there = before.written().atName("");
        String place = there.file() + ":" + there.line();
        findings.add(
            new Finding(
                "duplicate",
                Severity.WARNING,
                entry.rule().name(),
                entry.written().atName(""),
                new Text(place + " に同じルールがあります", "the same rule stands at " + place),
                Text.same("")));
      }
    }
    return findings;
  }

  private static Sameness sameness(Rule rule) {
    Map<String, String> labels = new TreeMap<>();
    switch (rule) {
      case Rule.Alerting alerting ->
          alerting.labels().forEach((label, text) -> labels.put(label, text.source()));
      case Rule.Recording recording -> labels.putAll(recording.labels());
    }
    return new Sameness(rule.name(), rule.expression().strip(), labels);
  }
}
