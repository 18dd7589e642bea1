package hinomi.collector;

import hinomi.collector.admit.LogGate;
import hinomi.collector.admit.SampleGate;
import hinomi.collector.push.PushedGroups;
import hinomi.model.Admission;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Time;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Takes what was decoded, admits it, hands it over, and counts. What a method reports as accepted
/// is durable. `Unavailable` and `OverLimit` of the store pass through: nothing was stored then,
/// and the sender may try again. Any thread.
public final class Collector implements AutoCloseable {
  private final Time time;
  private final Tally tally;
  private final SampleGate sampleGate;
  private final LogGate logGate;
  private final Handover<Sample> samples;
  private final Handover<LogRecord> logs;
  private final PushedGroups pushed;

  /// Reads the pushed groups from their directory and begins to repeat them.
  public Collector(
      CollectorConfig config, SampleSink samples, LogSink logs, Time time, MeterRegistry registry) {
    this.time = time;
    this.tally = new Tally(registry);
    this.sampleGate = new SampleGate(config.maxLabels());
    this.logGate =
        new LogGate(config.maxLabels(), config.maxLine(), config.maxLogAge(), config.maxAhead());
    this.samples = new Handover<>("metrics", samples::append, tally);
    this.logs = new Handover<>("logs", logs::append, tally);
    this.pushed =
        PushedGroups.open(
            config.directory().resolve("pushed"),
            pushedSamples -> samples("pushgateway", pushedSamples, List.of()),
            time);
  }

  /// Takes samples.
  ///
  /// @param protocol how they came, for the counters
  /// @param already what the decoder refused, to be counted and reported with the rest
  public Admission samples(String protocol, List<Sample> decoded, List<Admission.Refusal> already) {
    return samples.append(protocol, sampleGate.judge(decoded), already);
  }

  /// Takes log lines; the parameters are those of [#samples].
  public Admission logs(String protocol, List<LogRecord> decoded, List<Admission.Refusal> already) {
    return logs.append(protocol, logGate.judge(decoded, time.now()), already);
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
