package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// How many samples stand behind an element of a rule's answer: of each selector the series that
/// agree with the element in every label that both have; the one of them with the most samples
/// counts for the selector, and the selector with the fewest for the element. A selector none of
/// whose series agrees does not count, for the expression did without it.
record Support(List<List<Sample>> counts) {
  private static final Duration WINDOW = Duration.ofMinutes(5); // as far as PromQL looks back

  /// Counts within the ranges of the selectors, or within the rule's `for` where there is none.
  static Support of(Rule.Alerting rule, Surroundings with, Moment moment) {
    Duration window = rule.holdFor().isZero() ? WINDOW : rule.holdFor();
    List<List<Sample>> counts = new ArrayList<>();
    for (String count : with.ports().counts(rule, window)) {
      counts.add(with.ports().queries().vector(count, moment.queryAt()).numbers());
    }
    return new Support(counts);
  }

  boolean suffices(Labels element, int atLeast) {
    return counts.stream()
        .map(series -> most(series, element))
        .allMatch(most -> most.isEmpty() || most.getAsDouble() >= atLeast);
  }

  private static OptionalDouble most(List<Sample> series, Labels element) {
    return series.stream()
        .filter(one -> agree(one.labels(), element))
        .mapToDouble(Sample::value)
        .max();
  }

  private static boolean agree(Labels series, Labels element) {
    return element.toMap().entrySet().stream()
        .allMatch(label ->
            label.getKey().equals(Labels.NAME)
                || !series.has(label.getKey())
                || series.get(label.getKey()).equals(label.getValue()));
  }
}
