package hinomi.ruletests;

import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.Topology;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Rehearsal;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.Unsupported;
import hinomi.model.VirtualTime;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.SeriesLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A world in which rules are tested: series in memory, queries over them, the alert engine's
/// evaluation, and a clock that stands still between evaluations. One thread.
final class RuleWorld implements AutoCloseable {
  private final Instant start;
  private final VirtualTime time;
  private final MemorySeries series = new MemorySeries();
  private final InputSeries input;
  private final PromQl promQl;
  private final Rehearsal rehearsal;

  /// What is put into it.
  ///
  /// @param interval between the values of the series
  record Contents(Instant start, Duration interval, List<SeriesLine> series) {
    Contents {
      series = List.copyOf(series);
    }
  }

  /// @param rules in the order in which they are evaluated
  RuleWorld(
      Contents contents,
      List<RuleGroup> rules,
      PromQlConfig queries,
      Rehearsal.Terms terms,
      String externalUrl) {
    this.start = contents.start();
    this.time = new VirtualTime(start);
    this.input = new InputSeries(series, contents);
    this.promQl = new PromQl(queries, series, time, new SimpleMeterRegistry());
    AlertPorts ports =
        new AlertPorts(
            promQl::elements,
            (query, _) -> {
              throw new Unsupported("a rule test has no logs to ask: " + query);
            },
            promQl::hasData,
            PromQl::metricNames,
            PromQl::compared,
            PromQl::sampleCounts,
            _ -> {},
            _ -> {},
            series::append,
            () -> externalUrl,
            _ -> {},
            Topology.NONE);
    this.rehearsal = new Rehearsal(rules, ports, time, terms);
  }

  /// Moves the clock on, and evaluates all rules on the samples up to then.
  ///
  /// @param since the start
  List<GroupView> evaluate(Duration since) {
    Instant now = start.plus(since);
    time.advanceTo(now);
    input.until(now);
    rehearsal.evaluate(now);
    return rehearsal.views();
  }

  /// @param since the start
  Answer query(String expression, Duration since) {
    return promQl.instant(expression, start.plus(since));
  }

  @Override
  public void close() {
    promQl.close();
  }
}
