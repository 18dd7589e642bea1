package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.backtest.BacktestPorts;
import hinomi.alertengine.backtest.Grammar;
import hinomi.alertengine.backtest.Labelled;
import hinomi.alertengine.backtest.OwnSeries;
import hinomi.alertengine.backtest.Past;
import hinomi.alertengine.backtest.Reading;
import hinomi.alertengine.backtest.Recorded;
import hinomi.alertengine.backtest.Setup;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.logindexer.LogMetrics;
import hinomi.metricstore.MetricStore;
import hinomi.model.Incident;
import hinomi.model.Series;
import hinomi.model.Time;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.Sources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The backtests' ports onto the store, the queries and the records.
record BacktestJoints(
    AppConfig config,
    MetricStore metrics,
    LogMetrics logs,
    IncidentRecords incidents,
    AlertEngine alerts,
    Time time) {
  private static final int MOST_INCIDENTS = 10_000;

  /// Of the store's own lookback nothing is known to an expression.
  private static final Duration LOOKBACK = Duration.ofHours(1);

  BacktestPorts ports(ZoneId zone) {
    return new BacktestPorts(
        new Setup(
            config.alerting(), config.rules(), config.routing(), config.components()::upstreams),
        config.vocabulary(),
        this::open,
        Past.ofLogs(logs::vector, logs::rows),
        new Grammar(BacktestJoints::reading, PromQl::compared, PromQl::sampleCounts),
        (from, to) -> Recorded.of(alerts.journal(), from, to),
        this::labelled,
        zone);
  }

  /// Queries of its own, so that nobody else's wait for those of a backtest. Where something lies
  /// over the store, its buckets are left out: they know nothing of it.
  private Past open(OwnSeries own) {
    PromQl promql =
        new PromQl(
            config.promql(),
            new Sources(
                (matchers, from, to) ->
                    own.over(metrics.select(matchers, from, to), matchers, from, to),
                (matchers, ranges, columns) ->
                    own.mayMatch(matchers)
                        ? Optional.empty()
                        : metrics.rolled(matchers, ranges, columns),
                metrics::spacing),
            time,
            new SimpleMeterRegistry());
    return new Past(
        promql::elements,
        (expression, from, to, step) -> rows(promql, expression, from, to, step),
        promql::hasData,
        promql::close);
  }

  private static List<Series> rows(
      PromQl promql, String expression, Instant from, Instant to, long step) {
    return switch (promql.range(expression, from, to, Duration.ofMillis(step))) {
      case Answer.Matrix matrix -> matrix.series();
      case Answer.Vector _, Answer.Scalar _, Answer.Text _ ->
          throw new IllegalStateException("BUG: a range query came to no matrix");
    };
  }

  private static Reading reading(String expression) {
    hinomi.promql.Reading reading = hinomi.promql.Reading.of(expression);
    return new Reading(
        reading.steady(), reading.selectors(), reading.presence(), reading.reach().plus(LOOKBACK));
  }

  private List<Labelled> labelled(Instant from, Instant to) {
    return incidents.published(MOST_INCIDENTS).stream()
        .filter(incident -> incident.startedAt().isBefore(to))
        .map(incident -> labelled(incident, to))
        .filter(incident -> incident.to().isAfter(from))
        .toList();
  }

  private static Labelled labelled(Incident incident, Instant now) {
    return new Labelled(
        incident.id(),
        incident.startedAt(),
        incident.resolvedAt().orElse(now),
        List.of(),
        incident.components());
  }
}
