package hinomi.alertengine.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What two replays share: the stored past, and the recordings that are foretold alike for both.
///
/// One thread.
final class Scene implements AutoCloseable {
  private final Plan plan;
  private final History history;
  private final Recorded recorded;
  private final Grammar grammar;
  private final Written written;
  private final Map<String, List<Foretold>> common;
  private final OwnSeries series;
  private final Forerun forerun;
  private final Forerun.Span span;
  private final Asking.Shared asked;
  private final List<OwnSeries> all = new ArrayList<>();

  Scene(Plan plan, History history, Past logs, Grammar grammar, Recorded recorded) {
    this.plan = plan;
    this.history = history;
    this.recorded = recorded;
    this.grammar = grammar;
    this.written = Written.of(plan.before(), plan.after());
    this.common =
        Foretelling.common(
            Foretelling.of(plan.before(), grammar.readings()),
            Foretelling.of(plan.after(), grammar.readings()),
            written,
            grammar.readings());
    this.series = new OwnSeries(new Written(common.keySet(), Set.of()), plan.begin());
    all.add(series);
    Runs runs = plan.asItRan() ? Runs.of(recorded) : Runs.ALWAYS;
    this.span = new Forerun.Span(plan.begin(), plan.to(), runs);
    this.forerun = new Forerun(common, grammar.readings(), series, history.open(series), span);
    this.asked =
        new Asking.Shared(
            new Foresight(forerun.past(), grammar.readings(), series, plan.to()),
            new Foresight(logs, Readings.LOGS, series, plan.to()));
  }

  Replay replay(Setup setup) {
    Map<String, List<Foretold>> foretold =
        new LinkedHashMap<>(Foretelling.of(setup, grammar.readings()));
    Set<String> ahead = new HashSet<>(foretold.keySet());
    foretold.keySet().removeAll(common.keySet());
    OwnSeries own = series.under(written.without(common.keySet()));
    all.add(own);
    Forerun its =
        new Forerun(foretold, grammar.readings(), own, forerun.over(history.open(own)), span);
    Asking asking = new Asking(own, its.past(), asked, grammar, plan.to());
    return new Replay(setup.withoutRecording(ahead), plan, asking, recorded);
  }

  /// Both have come to a time.
  void passed(Instant now) {
    all.forEach(each -> each.passed(now));
  }

  @Override
  public void close() {
    forerun.past().end().run();
  }
}
