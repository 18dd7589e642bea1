package hinomi.alertengine.rule.kind;

import hinomi.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Fires when a series is far from what it is at this hour of the week. The value of the alert is
/// by how many robust standard deviations.
///
/// The baseline is the median of what the series was about this time in the weeks before: five
/// moments within the hour, each a mean over [#window] like the present that is compared with it.
/// Its spread is the median distance from that median (MAD), times 1.4826, which makes it a
/// standard deviation where values are normal (Hampel 1974; Leys et al. 2013), and one percent of
/// the baseline, for a series that hardly moves has next to none. A past outage or a holiday moves
/// neither, as long as most weeks were ordinary.
///
/// Median and spread are recorded (`hinomi:baseline:median`, `hinomi:baseline:mad`): they can be
/// drawn as a band, and the moments are read twice rather than four times.
///
/// @param weeks how many are looked back upon
/// @param atLeast a distance below which nothing is an anomaly
/// @param during a condition under which moments count, past ones and the present, such as an open
///   market; empty: always
/// @param on labels that join the condition's elements to those of the series
record Anomaly(
    Operand of,
    Duration window,
    int weeks,
    double deviations,
    Direction direction,
    double atLeast,
    String during,
    List<String> on)
    implements Kind {
  /// On which side of the baseline.
  enum Direction {
    BOTH,
    UP,
    DOWN
  }

  private static final String MEDIAN = "hinomi:baseline:median";
  private static final String MAD = "hinomi:baseline:mad";
  private static final String MARK = "hinomi_moment";
  private static final String RULE = "hinomi_rule";
  private static final int[] MINUTES = {-30, -15, 0, 15, 30};

  Anomaly {
    on = List.copyOf(on);
  }

  @Override
  public Generated generate(String ruleId) {
    String mine = "{" + RULE + "=" + PromQlText.quoted(ruleId) + "}";
    String moments = PromQlText.either(moments());
    String median =
        "quantile without (%s) (0.5, %s)\nand %s"
            .formatted(MARK, moments, mean(Duration.ofDays(14)));
    String mad =
        "quantile without (%s) (0.5, abs(%s - ignoring (%s, %s) group_left () %s%s))"
            .formatted(MARK, moments, MARK, RULE, MEDIAN, mine);
    Map<String, String> labels = Map.of(RULE, ruleId);
    return new Generated(
        List.of(
            new Generated.Recorded(MEDIAN, median, labels),
            new Generated.Recorded(MAD, mad, labels)),
        List.of(new Generated.Raised(condition(mine), Language.PROMQL, Map.of(), origin(), false)));
  }

  private List<String> moments() {
    List<String> moments = new ArrayList<>();
    for (int week = 1; week <= weeks; week++) {
      for (int minutes : MINUTES) {
        Duration ago = Duration.ofDays(7L * week).plusMinutes(minutes);
        moments.add(PromQlText.labelled(mean(ago), MARK, week + "w" + minutes));
      }
    }
    return moments;
  }

  private String mean(Duration ago) {
    String mean = of.over("avg_over_time", window, ago);
    return during.isEmpty()
        ? mean
        : "(%s and on (%s) %s)"
            .formatted(mean, String.join(", ", on), new Operand(during, false).at(ago));
  }

  private String condition(String mine) {
    String distance =
        "(%s - ignoring (%s) %s%s)".formatted(mean(Duration.ZERO), RULE, MEDIAN, mine);
    String spread = "(1.4826 * %s%s + 0.01 * abs(%s%s))".formatted(MAD, mine, MEDIAN, mine);
    String far = distance + " / ignoring (" + RULE + ") " + spread;
    String limit = PromQlText.number(deviations);
    String condition =
        switch (direction) {
          case BOTH -> "abs(" + far + ") > " + limit;
          case UP -> far + " > " + limit;
          case DOWN -> far + " < -" + limit;
        };
    return atLeast == 0
        ? condition
        : condition + "\nand abs(" + distance + ") >= " + PromQlText.number(atLeast);
  }

  private String origin() {
    return "anomaly: more than %s deviations %sthe median of this hour of %d weeks, means over %s"
        .formatted(
            PromQlText.number(deviations),
            switch (direction) {
              case BOTH -> "from ";
              case UP -> "above ";
              case DOWN -> "below ";
            },
            weeks,
            Durations.print(window));
  }
}
