package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.Admission;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one replay asks, and whom: expressions that read nothing that rules write have the same
/// answers for all replays, and are asked once; the others are asked over the replay's own series.
///
/// One thread.
final class Asking implements AutoCloseable {
  private final OwnSeries own;
  private final Past past;
  private final Shared shared;
  private final Foresight mine;
  private final Grammar grammar;
  private final Map<String, Foresight> whom = new HashMap<>();

  /// What all replays ask.
  ///
  /// @param stored samples
  /// @param logs lines
  record Shared(Foresight stored, Foresight logs) {}

  /// @param past over which the replay's own series lie
  /// @param end nothing later is asked
  Asking(OwnSeries own, Past past, Shared shared, Grammar grammar, Instant end) {
    this.own = own;
    this.past = past;
    this.shared = shared;
    this.mine = new Foresight(past, grammar.readings(), own, end);
    this.grammar = grammar;
  }

  void expect(Slots slots, RuleGroup group) {
    shared.stored().expect(slots);
    shared.logs().expect(slots);
    mine.expect(slots);
    for (Rule rule : group.rules()) {
      of(rule).expect(rule.expression());
      if (rule instanceof Rule.Alerting alerting && !alerting.watch().recover().isEmpty()) {
        of(alerting.watch().recover()).expect(alerting.watch().recover());
      }
    }
  }

  private Foresight of(Rule rule) {
    return switch (rule.language()) {
      case PROMQL -> of(rule.expression());
      case LOGQL -> shared.logs();
    };
  }

  private Foresight of(String expression) {
    return whom.computeIfAbsent(
        expression, text -> own.mayBeReadBy(grammar.readings().of(text)) ? mine : shared.stored());
  }

  Vector vector(String expression, Instant at) {
    return of(expression).vector(expression, at);
  }

  boolean hasData(String expression, Instant at) {
    return of(expression).hasData(expression, at);
  }

  List<Sample> logs(String query, Instant at) {
    return shared.logs().vector(query, at).samples();
  }

  /// Whether it is known beforehand that a rule will find nothing.
  boolean isEmpty(Rule rule, Instant at) {
    return of(rule).isEmpty(rule.expression(), at);
  }

  Grammar grammar() {
    return grammar;
  }

  Admission write(Vector samples) {
    return own.append(samples);
  }

  @Override
  public void close() {
    past.end().run();
  }
}
