package hinomi.alertengine.rule.kind;

import hinomi.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Raises an alert for each member of an inventory that is silent. `absent()` cannot: it knows no
/// members, so one that is there hides all that are not.
///
/// A long list is recorded in pieces (`hinomi:inventory:expected`), for an expression has a limit.
///
/// @param of what a member sends
/// @param within how long it may be silent
/// @param by labels that name a member
/// @param members by those labels; empty when they are told by [#from]
/// @param from what has had members of late
/// @param over how late
record Inventory(
    Operand of,
    Duration within,
    List<String> by,
    List<Map<String, String>> members,
    Operand from,
    Duration over)
    implements Kind {
  private static final int MOST_INLINE = 50;
  private static final String EXPECTED = "hinomi:inventory:expected";
  private static final String RULE = "hinomi_rule";

  Inventory {
    by = List.copyOf(by);
    members = members.stream().map(Map::copyOf).toList();
  }

  @Override
  public Generated generate(String ruleId) {
    String labels = String.join(", ", by);
    String seen =
        "\nunless on (" + labels + ") " + of.over("last_over_time", within, Duration.ZERO);
    if (members.isEmpty()) {
      String expected =
          "count by (" + labels + ") (" + from.over("count_over_time", over, Duration.ZERO) + ")";
      return Generated.of(
          expected + seen, "inventory: who was seen within " + Durations.print(over) + silent());
    }
    String origin = "inventory: " + members.size() + " expected members" + silent();
    if (members.size() <= MOST_INLINE) {
      return Generated.of(texts(members) + seen, origin);
    }
    List<Generated.Recorded> pieces = new ArrayList<>();
    for (int i = 0; i < members.size(); i += MOST_INLINE) {
      List<Map<String, String>> piece =
          members.subList(i, Math.min(members.size(), i + MOST_INLINE));
      pieces.add(new Generated.Recorded(EXPECTED, texts(piece), Map.of(RULE, ruleId)));
    }
    String expected =
        "max by (%s) (%s{%s=%s})".formatted(labels, EXPECTED, RULE, PromQlText.quoted(ruleId));
    return new Generated(pieces, Generated.of(expected + seen, origin).alerts());
  }

  private String silent() {
    return ", silent for " + Durations.print(within);
  }

  private static String texts(List<Map<String, String>> members) {
    List<String> texts = new ArrayList<>();
    for (Map<String, String> member : members) {
      String text = "vector(1)";
      for (String label : new TreeSet<>(member.keySet())) {
        text = PromQlText.labelled(text, label, member.getOrDefault(label, ""));
      }
      texts.add(text);
    }
    return PromQlText.either(texts);
  }
}
