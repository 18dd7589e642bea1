package hinomi.collector;

import hinomi.model.Admission;
import hinomi.wire.Refusals;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last stage for one signal: hands on what was admitted and counts what became of it. Any
/// thread.
final class Handover {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  private final String signal;
  private final Tally tally;
  private final AtomicBoolean failing = new AtomicBoolean();

  Handover(String signal, Tally tally) {
    this.signal = signal;
    this.tally = tally;
  }

  /// @param already what was refused before
  /// @param items how many the sink gets
  Admission append(
      String protocol, List<Admission.Refusal> already, int items, Supplier<Admission> sink) {
    int refused = already.stream().mapToInt(Admission.Refusal::count).sum();
    tally.received(signal, protocol, items + refused);
    tally.dropped(signal, already);
    Admission stored = stored(items, sink);
    tally.stored(signal, stored.accepted());
    if (already.isEmpty() && stored.refusals().isEmpty()) {
      return stored;
    }
    tally.dropped(signal, stored.refusals());
    Refusals refusals = new Refusals();
    refusals.addAll(already);
    refusals.addAll(stored.refusals());
    return new Admission(
        stored.accepted(), stored.histograms(), stored.exemplars(), refusals.toList());
  }

  private Admission stored(int items, Supplier<Admission> sink) {
    try {
      Admission admission = sink.get();
      if (failing.compareAndSet(true, false)) {
        log.atInfo().addKeyValue("signal", signal).log("store takes again");
      }
      return admission;
    } catch (RuntimeException e) {
      tally.failed(signal, e, items);
      if (failing.compareAndSet(false, true)) {
        log.atWarn()
            .addKeyValue("signal", signal)
            .addKeyValue("reason", e.getMessage())
            .log("store does not take; senders are told to try again");
      }
      throw e;
    }
  }
}
