package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.template.Template;
import hinomi.model.Matcher;
import hinomi.rulelint.labels.Carried;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A label of the rule that has the name of a label of its series: it takes that one's place,
/// without a word, and series that differ in it alone become one alert, which fails the rule.
final class LabelOverwritten implements RuleCheck {
  /// Those that all series from a target have.
  private static final Set<String> OF_TARGETS = Set.of("instance", "job");

  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    switch (subject.rule()) {
      case Rule.Alerting alerting ->
          alerting
              .labels()
              .forEach((label, text) -> {
                if (isKept(label, text)) {
                  return;
                }
                if (isTaken(subject, label) || isRead(alerting.annotations(), label, subject)) {
                  flaws.add(flaw(label, text.source()));
                }
              });
      case Rule.Recording recording ->
          recording
              .labels()
              .forEach((label, text) -> {
                if (!text.isEmpty() && isTaken(subject, label)) {
                  flaws.add(flaw(label, text));
                }
              });
    }
    return flaws;
  }

  /// A text that is made of the series' own label, or takes the label away on purpose.
  private static boolean isKept(String label, Template text) {
    return text.source().isEmpty()
        || text.labelReads().stream().anyMatch(read -> read.label().equals(label));
  }

  private static boolean isTaken(Subject subject, String label) {
    Carried carried = subject.carried();
    boolean isFixed =
        Walk.selectors(subject.expr())
            .flatMap(selector -> selector.matchers().stream())
            .anyMatch(
                matcher -> matcher.name().equals(label) && matcher.kind() == Matcher.Kind.EQUAL);
    return !isFixed
        && carried.mayHave(label)
        && (!carried.open() || carried.sure().contains(label) || OF_TARGETS.contains(label));
  }

  /// Somebody counts on the series' own.
  private static boolean isRead(Map<String, Template> annotations, String label, Subject subject) {
    return subject.carried().mayHave(label)
        && annotations.values().stream()
            .flatMap(text -> text.labelReads().stream())
            .anyMatch(read -> read.label().equals(label));
  }

  private static Flaw flaw(String label, String value) {
    return Flaw.of(
            Severity.WARNING,
            new Spot.OfLabel(label),
            "系列のラベル " + label + " が「" + value + "」に上書きされます。これだけが違う系列が複数あると評価に失敗します",
            "the series' own label "
                + label
                + " is overwritten with \""
                + value
                + "\"; two series that differ in it alone fail the rule")
        .advising("別の名前のラベルにする", "give the label another name");
  }
}
