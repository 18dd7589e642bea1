package hinomi.alertengine.rule.kind;

import hinomi.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Fires when a series is on its way over a limit. The value of the alert is what is foreseen.
///
/// Without a season it is a straight line through the last [#over] (`predict_linear`). With one it
/// is additive Holt-Winters (Winters 1960) written out as a sum: the level is the mean over the
/// last [#over]; to it comes what the same hours have brought in past seasons, season and trend in
/// one, each season weighing half of the one after it. For a line plus a season that repeats it is
/// exact. Written out it needs nothing but PromQL, so it is the same live, in a rehearsal and in a
/// replay, and has no state of its own to lose. Seasons without data are left out.
///
/// @param ahead how far it looks
/// @param over what it looks back upon
/// @param season zero without one; at least [#ahead]
/// @param seasons how many it looks back upon
/// @param above whether the limit is crossed upwards
record Forecast(
    Operand of,
    Duration ahead,
    Duration over,
    Duration season,
    int seasons,
    boolean above,
    double limit)
    implements Kind {
  private static final String MARK = "hinomi_season";

  @Override
  public Generated generate(String ruleId) {
    String foreseen = season.isZero() ? line() : seasonal();
    String condition = " " + (above ? ">" : "<") + " " + PromQlText.number(limit);
    return Generated.of(
        foreseen + condition + enough(),
        "forecast in %s, from the last %s%s: %s %s"
            .formatted(
                Durations.print(ahead),
                Durations.print(over),
                season.isZero() ? "" : " and " + seasons + " seasons of " + Durations.print(season),
                above ? "above" : "below",
                PromQlText.number(limit)));
  }

  private String line() {
    return "predict_linear(" + of.range(over) + ", " + PromQlText.seconds(ahead) + ")";
  }

  /// A line through the first samples of a series points anywhere.
  private String enough() {
    return season.isZero() ? "\nand " + of.at(over.dividedBy(2)) : "";
  }

  private String seasonal() {
    List<String> changes = new ArrayList<>();
    List<String> weights = new ArrayList<>();
    for (int k = 1; k <= seasons; k++) {
      Duration ago = season.multipliedBy(k);
      String change = "(%s - %s)".formatted(mean(ago.minus(ahead)), mean(ago));
      String weight = PromQlText.number(Math.pow(0.5, k));
      String mark = Integer.toString(k);
      changes.add(PromQlText.labelled(weight + " * " + change, MARK, mark));
      weights.add(PromQlText.labelled(weight + " + 0 * " + change, MARK, mark));
    }
    return "(\n%s\n+\nsum without (%s) (%s)\n/\nsum without (%s) (%s)\n)"
        .formatted(
            mean(Duration.ZERO),
            MARK,
            PromQlText.either(changes),
            MARK,
            PromQlText.either(weights));
  }

  private String mean(Duration ago) {
    return of.over("avg_over_time", over, ago);
  }
}
