package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.template.LabelRead;
import java.util.ArrayList;
import java.util.List;

/// A text that prints a label which the expression has taken away: it comes out empty at night.
final class TemplateLabel implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    if (subject.rule() instanceof Rule.Alerting alerting) {
      alerting
          .annotations()
          .forEach((name, text) -> {
            for (LabelRead read : text.labelReads()) {
              if (!subject.carried().mayHave(read.label())) {
                flaws.add(flaw(alerting, new Spot.InAnnotation(name, read.offset()), read.label()));
              }
            }
          });
      alerting
          .labels()
          .forEach((name, text) -> {
            for (LabelRead read : text.labelReads()) {
              if (!subject.carried().mayHave(read.label())) {
                flaws.add(flaw(alerting, new Spot.OfLabel(name), read.label()));
              }
            }
          });
    }
    return flaws;
  }

  private static Flaw flaw(Rule.Alerting rule, Spot spot, String label) {
    return rule.labels().containsKey(label)
        ? Flaw.of(
                Severity.WARNING,
                spot,
                "$labels." + label + " は式の結果のラベルで、ルールの labels はまだ付いていません。空になります",
                "$labels."
                    + label
                    + " is the element's label, before the rule's own are set: this comes out"
                    + " empty")
            .advising("値をそのまま書く", "write the value itself")
        : Flaw.of(
                Severity.WARNING,
                spot,
                "式の結果にラベル " + label + " はないため、空になります",
                "the expression's answer has no label " + label + ": this comes out empty")
            .advising(
                "集計に by (" + label + ") を加えるか、この参照を外す",
                "keep it with by (" + label + "), or leave it out");
  }
}
