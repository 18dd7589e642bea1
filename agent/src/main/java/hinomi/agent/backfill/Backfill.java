package hinomi.agent.backfill;

import hinomi.agent.ship.Shipment;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Posts samples of the past to a server, one request after the other, each until it has an answer
/// that counts. To run it again changes nothing: what is held already is held. One use, one thread.
public final class Backfill {
  private static final int MOST_REASONS = 20;

  private final Shipment shipment;
  private final Consumer<State> progress;
  private final Set<String> reasons = new LinkedHashSet<>();
  private long stored;
  private long refused;

  /// What has become of the samples so far.
  ///
  /// @param reasons of refusals, each kind once, in the server's words
  public record State(long stored, long refused, List<String> reasons) {}

  /// @param progress is told after each request
  public Backfill(Shipment shipment, Consumer<State> progress) {
    this.shipment = shipment;
    this.progress = progress;
  }

  /// Brings everything of one file.
  public State run(PastSamples from) throws IOException, InterruptedException {
    List<Sample> samples = from.next();
    while (!samples.isEmpty()) {
      Shipment.Outcome outcome = shipment.deliver(RemoteWrite.encode(samples), samples.size());
      stored += outcome.stored();
      refused += outcome.refused();
      if (outcome.refused() > 0 && reasons.size() < MOST_REASONS) {
        // Digits differ from request to request.
        reasons.add(outcome.reason().replaceAll("\\d{4,}", "…"));
      }
      progress.accept(state());
      samples = from.next();
    }
    return state();
  }

  private State state() {
    return new State(stored, refused, List.copyOf(reasons));
  }
}
