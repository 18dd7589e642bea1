package hinomi.syntheticprobes;

import hinomi.model.Failure;
import hinomi.model.ProbeResult;
import hinomi.model.Time;
import hinomi.syntheticprobes.check.Checks;
import hinomi.syntheticprobes.check.Observed;
import hinomi.syntheticprobes.check.Probe;
import hinomi.syntheticprobes.schedule.ProbeSchedule;
import hinomi.syntheticprobes.verdict.Streak;
import hinomi.syntheticprobes.verdict.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running probes. Every run ends with one result in the sink; closing interrupts runs under
/// way, whose results are not told.
public final class Probes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Probes.class);

  private final ResultSink sink;
  private final Time time;
  private final Checks checks;
  private final MeterRegistry registry;
  private final Counter runs;
  private final ProbeSchedule schedule;
  private final Map<String, Boolean> last = new ConcurrentHashMap<>();
  private final Map<String, Streak> streaks = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private Probes(ProbesConfig config, ResultSink sink, Time time, MeterRegistry registry) {
    this.sink = sink;
    this.time = time;
    this.checks = new Checks(time);
    this.registry = registry;
    this.runs = registry.counter("hinomi.probes.runs");
    this.schedule = ProbeSchedule.start(config.probes(), this::run, time.now(), registry);
  }

  /// Starts probing; the first results come within about a second.
  public static Probes start(
      ProbesConfig config, ResultSink sink, Time time, MeterRegistry registry) {
    Probes probes = new Probes(config, sink, time, registry);
    log.atInfo().addKeyValue("probes", config.probes().size()).log("probing started");
    return probes;
  }

  private void run(Probe probe) {
    Instant at = time.now();
    Observed observed = checks.run(probe.check(), probe.timeout());
    // A run that was cut off by closing has observed the closing, not the target.
    if (closed) {
      return;
    }
    Streak before = streaks.getOrDefault(probe.id(), Streak.NONE);
    ProbeResult result = Verdict.of(probe, at, observed, before);
    streaks.put(probe.id(), before.next(result.success(), probe.failuresBeforeDown()));
    runs.increment();
    tellChange(result);
    try {
      sink.accept(result);
    } catch (Failure e) {
      registry.counter("hinomi.probes.lost", "probe", probe.id()).increment();
      log.atWarn()
          .addKeyValue("probe", probe.id())
          .addKeyValue("reason", e.reason())
          .log("probe result not taken");
    }
  }

  private void tellChange(ProbeResult result) {
    Boolean before = last.put(result.probe(), result.success());
    if (before == null ? !result.success() : before != result.success()) {
      log.atInfo()
          .addKeyValue("probe", result.probe())
          .addKeyValue("success", result.success())
          .addKeyValue("detail", result.detail())
          .log("probe result changed");
    }
  }

  @Override
  public void close() {
    closed = true;
    schedule.close();
  }
}
