package hinomi.alertengine.rule.kind;

import hinomi.settings.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pages when the error budget of an objective is burnt too fast (Google, The Site Reliability
/// Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"): over a long window, so that it
/// matters, and over a short one, so that it is still going on. The value of the alert is the burn
/// rate over the long window, 1 being what just uses the budget up.
///
/// @param percent what must be good, below 100
/// @param window over which the budget is meant
/// @param errors counters of what failed, or events a second over `$window`
/// @param total likewise of all
/// @param by labels that tell objectives apart
/// @param minErrors in the long window, below which nobody is told: on thin traffic a single
///   failure is a high rate
record Objective(
    BigDecimal percent,
    Duration window,
    String errors,
    String total,
    List<String> by,
    int minErrors)
    implements Kind {
  /// Where an expression wants the window's length.
  static final String WINDOW = "$window";

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  Objective {
    by = List.copyOf(by);
  }

  /// @param share of the budget in percent that may burn within the long window
  private record Pair(Duration longer, Duration shorter, int share) {}

  private static final List<Pair> FAST =
      List.of(
          new Pair(Duration.ofHours(1), Duration.ofMinutes(5), 2),
          new Pair(Duration.ofHours(6), Duration.ofMinutes(30), 5));
  private static final List<Pair> SLOW =
      List.of(
          new Pair(Duration.ofDays(1), Duration.ofHours(2), 10),
          new Pair(Duration.ofDays(3), Duration.ofHours(6), 10));

  @Override
  public Generated generate(String ruleId) {
    return new Generated(
        List.of(), List.of(raised("fast", "page", FAST), raised("slow", "notice", SLOW)));
  }

  private Generated.Raised raised(String burn, String severity, List<Pair> pairs) {
    List<String> conditions = new ArrayList<>();
    List<String> windows = new ArrayList<>();
    for (Pair pair : pairs) {
      conditions.add(condition(pair));
      windows.add(
          "%s over %s and %s"
              .formatted(
                  factor(pair), Durations.print(pair.longer), Durations.print(pair.shorter)));
    }
    String origin =
        "objective %s %% over %s: burn rate above %s"
            .formatted(
                percent.toPlainString(), Durations.print(window), String.join(", or ", windows));
    return new Generated.Raised(
        String.join("\nor\n", conditions),
        Language.PROMQL,
        Map.of("burn", burn, "severity", severity),
        origin,
        false);
  }

  private String condition(Pair pair) {
    return """
    (
      %s > %s
      and
      %s > %s
      and
      %s * %s >= %d
    )\
    """
        .formatted(
            burnRate(pair.longer),
            factor(pair),
            burnRate(pair.shorter),
            factor(pair),
            perSecond(errors, pair.longer),
            PromQlText.seconds(pair.longer),
            minErrors);
  }

  /// How many times as fast as allowed; never less than 1, for slower than that the budget lasts.
  private String factor(Pair pair) {
    BigDecimal factor =
        BigDecimal.valueOf(pair.share * window.toSeconds())
            .divide(
                BigDecimal.valueOf(pair.longer.toSeconds()).multiply(HUNDRED),
                MathContext.DECIMAL32)
            .setScale(3, RoundingMode.HALF_UP);
    return factor.max(BigDecimal.ONE).stripTrailingZeros().toPlainString();
  }

  private String burnRate(Duration length) {
    BigDecimal budget = BigDecimal.ONE.subtract(percent.divide(HUNDRED, MathContext.DECIMAL64));
    return perSecond(errors, length)
        + " / "
        + perSecond(total, length)
        + " / "
        + budget.stripTrailingZeros().toPlainString();
  }

  private String perSecond(String events, Duration length) {
    return perSecond(events, length, by);
  }

  static String perSecond(String events, Duration length, List<String> by) {
    String text = events.strip();
    String printed = Durations.print(length);
    return text.contains(WINDOW)
        ? "(" + text.replace(WINDOW, printed) + ")"
        : "sum" + PromQlText.by(by) + " (rate(" + text + "[" + printed + "]))";
  }
}
