package hinomi.rulelint.check;

import java.util.List;
import java.util.Set;

/// Hours and weekdays as a condition: they are UTC's, know no holidays, and move when clocks
/// change.
final class UtcHours implements RuleCheck {
  private static final Set<String> CLOCK = Set.of("hour", "minute", "day_of_week");

  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.calls(subject.expr())
        .filter(call -> CLOCK.contains(call.function().name()))
        .limit(1)
        .map(call ->
            Flaw.of(
                    Severity.WARNING,
                    call,
                    call.function().name() + "() はUTCで、休場日も夏時間も知りません",
                    call.function().name()
                        + "() is in UTC, and knows neither holidays nor clock changes")
                .advising(
                    "hinomi: {when: {calendar: …, phase: […]}} か、市場の状態を表す系列を使う",
                    "use hinomi: {when: {calendar: …, phase: […]}}, or a series that says whether"
                        + " the market is open"))
        .toList();
  }
}
