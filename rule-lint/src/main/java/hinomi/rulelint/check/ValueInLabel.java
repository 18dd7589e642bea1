package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/// A label that prints the value: labels are what an alert is, so that each new value is a new
/// alert, and one with `for` never fires.
final class ValueInLabel implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    if (subject.rule() instanceof Rule.Alerting alerting) {
      alerting
          .labels()
          .forEach((label, text) -> {
            if (text.tellsValue()) {
              boolean waits = !alerting.holdFor().isZero();
              flaws.add(
                  Flaw.of(
                          waits ? Severity.ERROR : Severity.WARNING,
                          new Spot.OfLabel(label),
                          "値が変わるたびに別のアラートになります" + (waits ? "。forを満たすことがなく、鳴りません" : ""),
                          "with each new value this is another alert"
                              + (waits ? ", whose `for` begins anew: it never fires" : ""))
                      .advising("値はannotationsに書く", "the value belongs into an annotation"));
            }
          });
    }
    return flaws;
  }
}
