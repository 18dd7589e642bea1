package hinomi.alertengine.backtest;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Computes recordings ahead of whoever reads them, and no others: before an expression is asked,
/// what it reads of them is written up to the time that it is asked for.
///
/// One thread.
final class Forerun {
  private final Map<Written, List<Lead>> leads = new HashMap<>();
  private final Map<String, List<Lead>> readBy = new HashMap<>();
  private final Readings readings;
  private final Past past;

  /// @param begin of the replays
  /// @param end nothing is evaluated then or later
  /// @param runs in which rules are evaluated
  record Span(Instant begin, Instant end, Runs runs) {}

  /// @param into where they are written
  /// @param over what is asked, in which what is written is seen
  Forerun(
      Map<String, List<Foretold>> foretold,
      Readings readings,
      OwnSeries into,
      Past over,
      Span span) {
    this.readings = readings;
    this.past = over(over);
    foretold.forEach((metric, all) ->
        leads.put(
            new Written(Set.of(metric), Set.of()),
            all.stream()
                .map(each -> new Lead(each, readings.of(each.expression()), into, past, span))
                .toList()));
  }

  /// The past in which whatever is asked for has been computed.
  Past past() {
    return past;
  }

  /// Another past, likewise: one over which what is written here lies, too.
  Past over(Past other) {
    return new Past(
        (expression, at) -> {
          reach(expression, at);
          return other.vector().vector(expression, at);
        },
        (expression, from, to, step) -> {
          reach(expression, to);
          return other.rows().rows(expression, from, to, step);
        },
        (expression, at) -> {
          reach(expression, at);
          return other.presence().hasData(expression, at);
        },
        other.end());
  }

  private void reach(String expression, Instant to) {
    for (Lead lead : readBy.computeIfAbsent(expression, this::leadsReadBy)) {
      lead.reach(to.toEpochMilli());
    }
  }

  private List<Lead> leadsReadBy(String expression) {
    Reading reading = readings.of(expression);
    return leads.entrySet().stream()
        .filter(each -> each.getKey().mayBeReadBy(reading))
        .flatMap(each -> each.getValue().stream())
        .toList();
  }
}
