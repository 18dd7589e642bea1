package hinomi.promql.evaluate;

import hinomi.model.OverLimit;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// What one query may use: samples read, samples held in memory, series, time. Its workers share
/// it; all threads.
public final class Budget implements AutoCloseable {
  /// How the message of a query that took too long begins.
  public static final String TIMED_OUT = "query timed out in ";

  static final String CANCELED = "query was canceled in expression evaluation";

  /// Samples that are taken from the [Room] at once.
  private static final long SHELF = 1 << 18;

  /// How many times the limit makes sure that it would be reached, though some rows are empty.
  private static final int SURELY = 4;

  private final Limits limits;
  private final Room room;
  private final Time time;
  private final long deadline;
  private final BooleanSupplier canceled;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong shelves = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong expected = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong series = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean abandoned;

  /// @param held samples and results in memory at once
  /// @param read samples that all selectors together may read
  /// @param series that all selectors together may find
  /// @param answered samples that the answer may have
  public record Limits(long held, long read, long series, long answered) {}

  /// What all queries together may hold, in samples. For all threads.
  public static final class Room {
    private final long size;
    private final AtomicLong taken = new AtomicLong();

    public Room(long size) {
      this.size = size;
    }

    /// The samples that queries have room for now.
    public long taken() {
      return taken.get();
    }

    private void take(long samples) {
      if (taken.addAndGet(samples) > size) {
        taken.addAndGet(-samples);
        throw new Unavailable(
            String.format(
                "queries would hold more than %,d samples together (max-samples-together)", size));
      }
    }

    private void giveBack(long samples) {
      taken.addAndGet(-samples);
    }
  }

  /// @param deadline on [Time#nanos]
  /// @param canceled whether nobody waits for the answer any more
  public Budget(Limits limits, Room room, Time time, long deadline, BooleanSupplier canceled) {
    this.limits = limits;
    this.room = room;
    this.time = time;
    this.deadline = deadline;
    this.canceled = canceled;
  }

  /// The most samples that were held at once.
  public long peak() {
    return peak.get();
  }

  /// The samples read by all selectors.
  public long samplesRead() {
    return read.get();
  }

  /// Counts what a selector has found, before it is read: what is sure to become too much need not
  /// begin.
  ///
  /// @param samples about how many there are to read
  void find(long foundSeries, long samples) {
    if (series.addAndGet(foundSeries) > limits.series()) {
      throw OverLimit.cost(
          String.format(
              "query would look at %,d series, more than the limit of %,d (max-series)",
              series.get(), limits.series()));
    }
    if (expected.addAndGet(samples) > limits.read()) {
      throw tooMany("query would read too many samples: about", expected.get());
    }
  }

  private OverLimit tooMany(String what, long samples) {
    return OverLimit.cost(
        String.format(
            "%s %,d, more than the limit of %,d (max-read-samples)", what, samples, limits.read()));
  }

  /// Unpacks a series in place of what the buffer holds, and counts what really came.
  ///
  /// @return what the buffer holds now, to be given back by [#release]
  long read(StoredSeries series, Points into) {
    long about = series.expected();
    hold(about);
    into.clear();
    series.read(into);
    long samples = (long) into.size() + into.histogramCount();
    hold(samples - about);
    // What a subquery computed was counted when its selectors read.
    count(series instanceof Stretch ? 0 : samples);
    return samples;
  }

  /// Counts samples, or what stands for many, that were read in another way.
  void count(long samples) {
    if (read.addAndGet(samples) > limits.read()) {
      throw tooMany("query read too many samples:", read.get());
    }
  }

  /// Takes room for samples before they are made.
  void hold(long samples) {
    long now = held.addAndGet(samples);
    if (now > limits.held()) {
      throw tooManyHeld();
    }
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
      makeRoom(now);
    }
  }

  /// Room is taken in whole shelves and kept until [#close]; the first is everybody's own, so that
  /// small questions are answered beside large ones.
  private void makeRoom(long samples) {
    long needed = (samples - 1) / SHELF;
    long have = shelves.get();
    while (have < needed) {
      if (shelves.compareAndSet(have, needed)) {
        takeRoom(have, needed);
      }
      have = shelves.get();
    }
  }

  private void takeRoom(long have, long needed) {
    try {
      room.take((needed - have) * SHELF);
    } catch (Unavailable e) {
      shelves.addAndGet(have - needed);
      throw e;
    }
  }

  /// Gives back what others may use, when the answer is no longer in memory.
  @Override
  public void close() {
    room.giveBack(shelves.getAndSet(0) * SHELF);
  }

  /// Refuses what is sure to become too much before it begins: rows that are to be held, most of
  /// which have something at some step.
  void expect(long rows, long steps) {
    if (rows * steps / SURELY > limits.held()) {
      throw tooManyHeld();
    }
  }

  private static OverLimit tooManyHeld() {
    return OverLimit.cost(
        "query processing would load too many samples into memory in query execution");
  }

  /// Counts samples of the answer as it grows: what nobody could be told need not be computed.
  void answer(long samples) {
    if (answered.addAndGet(samples) > limits.answered()) {
      throw OverLimit.cost(
          String.format(
              "the answer would have more than %,d samples (max-answer); ask for fewer series or a"
                  + " longer step",
              limits.answered()));
    }
  }

  /// Gives room back.
  void release(long samples) {
    held.addAndGet(-samples);
  }

  long held() {
    return held.get();
  }

  /// Gives back what was taken since [#held] was `before`, but for what the result needs; not while
  /// workers are at work.
  void settle(long before, long result) {
    held.set(before + result);
  }

  /// Makes [#check] throw from now on, on all threads.
  void abandon() {
    abandoned = true;
  }

  /// To be called in every loop whose length depends on data.
  void check() {
    if (time.nanos() - deadline > 0) {
      throw new Unavailable(TIMED_OUT + "expression evaluation");
    }
    if (abandoned || Thread.currentThread().isInterrupted() || canceled.getAsBoolean()) {
      throw new Unavailable(CANCELED);
    }
  }
}
