package hinomi.promql;

import hinomi.promql.parse.Dialect;
import hinomi.settings.Section;
import java.time.Duration;

/// Limits and defaults of queries.
///
/// @param timeout of one query, waiting for its turn included
/// @param maxSamples that one query may hold in memory at once
/// @param maxSamplesTogether that all queries may hold in memory at once
/// @param maxReadSamples that one query may read
/// @param maxSeries that the selectors of one query may find
/// @param maxPoints of one series in the answer of a range query
/// @param lookback how far back an instant selector looks for a sample
/// @param subqueryStep of subqueries that name none
/// @param concurrency queries evaluated at the same time, those of rules not counted
/// @param clientConcurrency of these, how many of one client
/// @param ruleConcurrency queries of rules evaluated at the same time
/// @param waiting queries that may wait for their turn
/// @param dialect how much of the language is understood, and how long and deep it may get. What is
///   experimental is understood unless switched off, unlike in Prometheus: it gives a meaning only
///   to what would be refused without it, and rules and dashboards made for a Prometheus that has
///   it work as they are
/// @param delayedNames whether metric names are dropped when a query is done rather than by each
///   operation (Prometheus' `promql-delayed-name-removal`). Off, as there: it changes what stable
///   expressions mean
public record PromQlConfig(
    Duration timeout,
    long maxSamples,
    long maxSamplesTogether,
    long maxReadSamples,
    long maxSeries,
    int maxPoints,
    Duration lookback,
    Duration subqueryStep,
    int concurrency,
    int clientConcurrency,
    int ruleConcurrency,
    int waiting,
    Dialect dialect,
    boolean delayedNames) {
  private static final int SAMPLE_BYTES = 16;

  public static final PromQlConfig DEFAULT =
      new PromQlConfig(
          Duration.ofMinutes(2),
          50_000_000,
          Runtime.getRuntime().maxMemory() / 4 / SAMPLE_BYTES,
          1_000_000_000,
          500_000,
          11_000,
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          20,
          10,
          10,
          200,
          Dialect.FULL,
          false);

  public static PromQlConfig from(Section section) {
    return new PromQlConfig(
        section.duration("timeout", DEFAULT.timeout),
        section.number("max-samples", (int) DEFAULT.maxSamples, 1, Integer.MAX_VALUE),
        section.number(
            "max-samples-together",
            (int) Math.min(DEFAULT.maxSamplesTogether, Integer.MAX_VALUE),
            1,
            Integer.MAX_VALUE),
        section.number("max-read-samples", (int) DEFAULT.maxReadSamples, 1, Integer.MAX_VALUE),
        section.number("max-series", (int) DEFAULT.maxSeries, 1, Integer.MAX_VALUE),
        section.number("max-points", DEFAULT.maxPoints, 1, 1_000_000),
        section.duration("lookback", DEFAULT.lookback),
        section.duration("subquery-step", DEFAULT.subqueryStep),
        section.number("concurrency", DEFAULT.concurrency, 1, 10_000),
        section.number("client-concurrency", DEFAULT.clientConcurrency, 1, 10_000),
        section.number("rule-concurrency", DEFAULT.ruleConcurrency, 1, 10_000),
        section.number("waiting", DEFAULT.waiting, 0, 100_000),
        new Dialect(
            section.flag("experimental-functions", DEFAULT.dialect.experimental()),
            section.number("max-expression-length", DEFAULT.dialect.maxLength(), 1, 1_000_000),
            section.number("max-expression-depth", DEFAULT.dialect.maxDepth(), 1, 200)),
        section.flag("delayed-name-removal", DEFAULT.delayedNames));
  }

  /// These, with metric names dropped at the end.
  public PromQlConfig withDelayedNames() {
    return with(subqueryStep, true);
  }

  /// These, with another step of subqueries that name none.
  public PromQlConfig withSubqueryStep(Duration step) {
    return with(step, delayedNames);
  }

  private PromQlConfig with(Duration otherSubqueryStep, boolean otherDelayedNames) {
    return new PromQlConfig(
        timeout,
        maxSamples,
        maxSamplesTogether,
        maxReadSamples,
        maxSeries,
        maxPoints,
        lookback,
        otherSubqueryStep,
        concurrency,
        clientConcurrency,
        ruleConcurrency,
        waiting,
        dialect,
        otherDelayedNames);
  }
}
