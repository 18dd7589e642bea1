package hinomi.metricstore.append;

import hinomi.model.Admission;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One caller's samples on their way, and what became of them. The committing thread fills it in;
/// the caller waits in [#outcome].
final class Batch {
  private final List<Sample> samples;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Map<Reason, Tally> refused = new EnumMap<>(Reason.class);
  private int accepted;
  private @Nullable Throwable failure;

  Batch(List<Sample> samples) {
    this.samples = samples;
  }

  private static final class Tally {
    private final Sample example;
    private int count;

    Tally(Sample example) {
      this.example = example;
    }
  }

  List<Sample> samples() {
    return samples;
  }

  void accept() {
    accepted++;
  }

  void refuse(Reason reason, Sample sample) {
    refused.computeIfAbsent(reason, _ -> new Tally(sample)).count++;
  }

  int accepted() {
    return accepted;
  }

  int refused(Reason reason) {
    Tally tally = refused.get(reason);
    return tally == null ? 0 : tally.count;
  }

  void finish() {
    done.countDown();
  }

  /// Nothing of what was accepted counts.
  void fail(Throwable why) {
    failure = why;
    done.countDown();
  }

  /// Waits until what was accepted is durable.
  Admission outcome() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while samples were being stored", e);
    }
    if (failure instanceof Unavailable world) {
      throw new Unavailable(world.reason(), world);
    }
    if (failure != null) {
      throw new IllegalStateException("BUG: storing samples failed: " + failure, failure);
    }
    List<Admission.Refusal> refusals = new ArrayList<>(refused.size());
    refused.forEach((reason, tally) ->
        refusals.add(
            new Admission.Refusal(reason.word(), tally.count, sentence(reason, tally.example))));
    return new Admission(accepted, refusals);
  }

  private static String sentence(Reason reason, Sample sample) {
    return sample.labels()
        + " at "
        + Instant.ofEpochMilli(sample.timestamp())
        + ": "
        + reason.sentence();
  }
}
