package hinomi.collector;

import hinomi.collector.admit.Judged;
import hinomi.collector.admit.LogGate;
import hinomi.collector.push.PushedGroups;
import hinomi.model.Admission;
import hinomi.model.LogRecord;
import hinomi.model.Time;
import hinomi.model.WriteBatch;
import hinomi.wire.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Takes what was decoded, admits it, hands it over, and counts. What a method reports as accepted
/// is durable. `Unavailable` and `OverLimit` of the store pass through: nothing was stored then,
/// and the sender may try again. Any thread.
public final class Collector implements AutoCloseable {
  private final Time time;
  private final Tally tally;
  private final LogGate logGate;
  private final CollectorPorts ports;
  private final Handover samples;
  private final Handover logs;
  private final PushedGroups pushed;

  /// Reads the pushed groups from their directory and begins to repeat them.
  public Collector(
      CollectorConfig config, CollectorPorts ports, Time time, MeterRegistry registry) {
    this.time = time;
    this.tally = new Tally(registry);
    this.logGate =
        new LogGate(config.maxLabels(), config.maxLine(), config.maxLogAge(), config.maxAhead());
    this.ports = ports;
    this.samples = new Handover("metrics", tally);
    this.logs = new Handover("logs", tally);
    this.pushed =
        PushedGroups.open(
            config.directory().resolve("pushed"),
            batch -> samples("pushgateway", batch, List.of()),
            time);
  }

  /// Takes what was measured. Exemplars, metadata and start timestamps of the batch go along and
  /// are counted by themselves; the admission speaks of samples.
  ///
  /// @param protocol how they came, for the counters
  /// @param already what the decoder refused, to be counted and reported with the rest
  public Admission samples(String protocol, WriteBatch batch, List<Admission.Refusal> already) {
    return samples(protocol, batch, already, ports.samples());
  }

  /// As [#samples], of what another system has kept.
  public Admission past(String protocol, WriteBatch batch, List<Admission.Refusal> already) {
    return samples(protocol, batch, already, ports.past());
  }

  private Admission samples(
      String protocol, WriteBatch batch, List<Admission.Refusal> already, SampleSink sink) {
    tally.along("exemplars", protocol, batch.exemplars().size());
    tally.along("metadata", protocol, batch.metadata().size());
    tally.along("start_timestamps", protocol, batch.startCount());
    return samples.append(
        protocol,
        already,
        batch.samples(),
        () -> batch.isEmpty() ? Admission.all(0) : sink.append(batch));
  }

  /// Takes log lines; the parameters are those of [#samples].
  public Admission logs(String protocol, List<LogRecord> decoded, List<Admission.Refusal> already) {
    Judged<LogRecord> judged = logGate.judge(decoded, time.now());
    Refusals refusals = new Refusals();
    refusals.addAll(already);
    refusals.addAll(judged.refusals());
    tally.cut("logs", judged.cut());
    List<LogRecord> kept = judged.kept();
    return logs.append(
        protocol,
        refusals.toList(),
        kept.size(),
        () -> kept.isEmpty() ? Admission.all(0) : ports.logs().append(kept));
  }

  /// Counts items of a kind that is not stored at all.
  public void notStored(String signal, String protocol, int count) {
    tally.received(signal, protocol, count);
    tally.notStored(signal, count);
  }

  /// The groups that were pushed in the Pushgateway's way.
  public PushedGroups pushed() {
    return pushed;
  }

  @Override
  public void close() {
    pushed.close();
  }
}
