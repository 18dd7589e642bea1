package hinomi.alertengine.evaluate;

import hinomi.alertengine.AlertPorts;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.Labels;
import hinomi.model.Time;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Groups of rules evaluated as they are live, by the same code, but when they are told to, and
/// nobody is paged and nothing recorded: for testing rules. One thread.
public final class Rehearsal {
  private final List<GroupLoop> loops;

  /// How a rehearsal differs from what is live.
  ///
  /// @param interval of groups that name none
  /// @param maxHold how long an alert fires on for want of data; zero resolves it as Prometheus
  ///   does
  /// @param externalLabels for templates
  public record Terms(Duration interval, Duration maxHold, Labels externalLabels) {}

  /// @param groups in the order in which they are to be evaluated
  public Rehearsal(List<RuleGroup> groups, AlertPorts ports, Time time, Terms terms) {
    EvaluationTelemetry telemetry =
        new EvaluationTelemetry(
            new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("rehearsal"));
    Surroundings with =
        new Surroundings(
            ports,
            _ -> {},
            time,
            telemetry,
            terms.maxHold(),
            terms.externalLabels(),
            new Lags(),
            Instant.EPOCH);
    this.loops =
        groups.stream()
            .map(group -> new GroupLoop(group, terms.interval(), with, _ -> List.of()))
            .toList();
  }

  /// Evaluates all groups, one after the other.
  ///
  /// @param at later than the time before
  public void evaluate(Instant at) {
    loops.forEach(loop -> loop.evaluate(at));
  }

  /// The groups as they were left, in their order.
  public List<GroupView> views() {
    return loops.stream().map(GroupLoop::view).toList();
  }
}
