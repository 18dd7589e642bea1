package hinomi.collector;

import hinomi.collector.admit.Judged;
import hinomi.model.Admission;
import hinomi.wire.Refusals;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last stage for one signal: hands on what was admitted and counts what became of it. Any
/// thread.
final class Handover<T> {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  private final String signal;
  private final Function<List<T>, Admission> sink;
  private final Tally tally;
  private final AtomicBoolean failing = new AtomicBoolean();

  Handover(String signal, Function<List<T>, Admission> sink, Tally tally) {
    this.signal = signal;
    this.sink = sink;
    this.tally = tally;
  }

  /// @param already what the decoder refused
  Admission append(String protocol, Judged<T> judged, List<Admission.Refusal> already) {
    Refusals refusals = new Refusals();
    refusals.addAll(already);
    refusals.addAll(judged.refusals());
    List<Admission.Refusal> before = refusals.toList();
    int refused = before.stream().mapToInt(Admission.Refusal::count).sum();
    tally.received(signal, protocol, judged.kept().size() + refused);
    tally.dropped(signal, before);
    tally.cut(signal, judged.cut());
    Admission stored = stored(judged.kept());
    tally.stored(signal, stored.accepted());
    tally.dropped(signal, stored.refusals());
    refusals.addAll(stored.refusals());
    return new Admission(stored.accepted(), refusals.toList());
  }

  private Admission stored(List<T> items) {
    if (items.isEmpty()) {
      return Admission.all(0);
    }
    try {
      Admission admission = sink.apply(items);
      if (failing.compareAndSet(true, false)) {
        log.atInfo().addKeyValue("signal", signal).log("store takes again");
      }
      return admission;
    } catch (RuntimeException e) {
      tally.failed(signal, e, items.size());
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
