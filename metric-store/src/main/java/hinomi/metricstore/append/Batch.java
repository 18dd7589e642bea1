package hinomi.metricstore.append;

import hinomi.metricstore.head.Head;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One caller's samples on their way, with the series that the caller's thread has found for them,
/// and what became of them. The committing thread fills it in; the caller waits in [#outcome].
final class Batch {
  private static final int MOST_NAME = 1000;

  private final WriteBatch written;
  private final int[] numbers;
  private final Era era;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Map<Reason, Tally> refused = new EnumMap<>(Reason.class);
  private int accepted;
  private int histograms;
  private int exemplars;
  private @Nullable Throwable failure;

  /// @param numbers of the series of the batch; [Head#UNKNOWN_SERIES] where none is known
  Batch(WriteBatch written, int[] numbers, Era era) {
    this.written = written;
    this.numbers = numbers;
    this.era = era;
  }

  private static final class Tally {
    private final int series;
    private final long timestamp;
    private final String sentence;
    private int count;

    Tally(int series, long timestamp, String sentence) {
      this.series = series;
      this.timestamp = timestamp;
      this.sentence = sentence;
    }
  }

  WriteBatch written() {
    return written;
  }

  Era era() {
    return era;
  }

  int number(int i) {
    return numbers[i];
  }

  void setNumber(int i, int found) {
    numbers[i] = found;
  }

  void accept(int more) {
    accepted += more;
  }

  void acceptHistogram() {
    accepted++;
    histograms++;
  }

  /// An exemplar that is kept, or was before.
  void acceptExemplar() {
    exemplars++;
  }

  void refuse(Reason reason, int of, long timestamp) {
    refused.computeIfAbsent(
            reason, why -> new Tally(of, timestamp, why.sentence() + offender(why, of)))
        .count++;
  }

  /// Whose fault it is, where the labels alone do not tell at a glance.
  private String offender(Reason reason, int of) {
    return switch (reason) {
      case METRIC_SERIES_LIMIT -> ", " + written.labels(of).metric();
      case INSTANCE_SERIES_LIMIT -> ", " + written.labels(of).get("instance");
      default -> "";
    };
  }

  int accepted() {
    return accepted;
  }

  boolean hasRefusals() {
    return !refused.isEmpty();
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
        refusals.add(new Admission.Refusal(reason.word(), tally.count, example(tally))));
    return new Admission(accepted, histograms, exemplars, refusals);
  }

  private String example(Tally tally) {
    return name(tally.series)
        + " at "
        + Instant.ofEpochMilli(tally.timestamp)
        + ": "
        + tally.sentence;
  }

  private String name(int of) {
    try {
      String name = written.labels(of).toString();
      return name.length() <= MOST_NAME ? name : name.substring(0, MOST_NAME) + "…";
    } catch (BadInput e) {
      return "series " + of + " of the batch";
    }
  }
}
