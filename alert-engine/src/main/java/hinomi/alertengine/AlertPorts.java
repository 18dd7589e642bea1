package hinomi.alertengine;

import hinomi.alertengine.rule.Rule;
import hinomi.model.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What the engine needs of others.
public record AlertPorts(
    Queries queries,
    LogQueries logs,
    DataPresence dataPresence,
    Selectors selectors,
    Comparands comparands,
    SampleCounts sampleCounts,
    AlertListener listener,
    EvidenceSink evidence,
    SampleSink samples,
    ConsoleAddress console,
    PageListener pages,
    Topology topology) {
  /// What a rule's expression yields, in its language.
  public Vector answer(Rule.Alerting rule, Instant at) {
    return switch (rule.language()) {
      case PROMQL -> queries.vector(rule.expression(), at);
      case LOGQL -> Vector.of(logs.vector(rule.expression(), at));
    };
  }

  /// Whether there is something to judge. No line is an answer, too: a log that nobody writes to
  /// cannot be told from one in which nothing happens.
  public boolean hasData(Rule.Alerting rule, Instant at) {
    return switch (rule.language()) {
      case PROMQL -> dataPresence.hasData(rule.expression(), at);
      case LOGQL -> true;
    };
  }

  /// What a rule's expression compares, or empty.
  public String compared(Rule.Alerting rule) {
    return switch (rule.language()) {
      case PROMQL -> comparands.compared(rule.expression());
      case LOGQL -> "";
    };
  }

  /// Which metrics a rule looks at.
  public Set<String> metricNames(Rule.Alerting rule) {
    return switch (rule.language()) {
      case PROMQL -> selectors.metricNames(rule.expression());
      case LOGQL -> Set.of();
    };
  }

  /// What counts the samples behind a rule's elements.
  public List<String> counts(Rule.Alerting rule, Duration window) {
    return switch (rule.language()) {
      case PROMQL -> sampleCounts.of(rule.expression(), window);
      case LOGQL -> List.of();
    };
  }
}
