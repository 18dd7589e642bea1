package hinomi.alertengine.rule.kind;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fires when enough of some other alerts fire together for the same labels, and none of certain
/// others does. It looks at `ALERTS`, which the engine writes with each evaluation.
///
/// @param names of the alerts that count
/// @param least how many of them
/// @param none of these may fire for the same labels
/// @param by labels that must agree; none: wherever they fire
record Composite(List<String> names, int least, List<String> none, List<String> by)
    implements Kind {
  Composite {
    names = List.copyOf(new TreeSet<>(names));
    none = List.copyOf(new TreeSet<>(none));
    by = List.copyOf(by);
  }

  @Override
  public Generated generate(String ruleId) {
    String each = by.isEmpty() ? "alertname" : "alertname, " + String.join(", ", by);
    String together =
        "count%s (max by (%s) (%s)) >= %d".formatted(PromQlText.by(by), each, firing(names), least);
    String unless =
        none.isEmpty() ? "" : "\nunless on (%s) %s".formatted(String.join(", ", by), firing(none));
    String origin =
        "composite: at least %d of %s%s"
            .formatted(
                least,
                String.join(", ", names),
                none.isEmpty() ? "" : ", none of " + String.join(", ", none));
    return new Generated(
        List.of(),
        List.of(new Generated.Raised(together + unless, Language.PROMQL, Map.of(), origin, true)));
  }

  private static String firing(List<String> names) {
    String pattern = names.stream().map(Composite::escaped).collect(Collectors.joining("|"));
    return "ALERTS{alertname=~" + PromQlText.quoted(pattern) + ", alertstate=\"firing\"}";
  }

  private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

  private static String escaped(String name) {
    return SPECIAL.matcher(name).replaceAll("\\\\$0");
  }
}
