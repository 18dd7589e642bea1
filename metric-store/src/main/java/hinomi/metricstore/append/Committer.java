package hinomi.metricstore.append;

import hinomi.metricstore.head.Beside;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadSeries;
import hinomi.metricstore.wal.RecordWriter;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.OverLimit;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The group commit. One thread, `metric-commit`, takes what all callers have waiting, judges it,
/// logs it with one sync, shows it to queries and answers everybody. While it syncs, the next group
/// gathers. A failure of the log fails the group: nothing of it is visible, and the same samples
/// sent again are taken as new.
///
/// What changes the head or the log otherwise, such as a flush, does so between two groups
/// ([#between]).
public final class Committer implements AutoCloseable {
  private static final int GROUP_SAMPLES = 200_000;

  private final Gate gate;
  private final Wal wal;
  private final Head head;
  private final Extras extras;
  private final Time time;
  private final Pace pace;
  private final RecordWriter records = new RecordWriter();
  private final Counter appended;
  private final Counter oddStarts;
  private final Timer commits;
  private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private final Deque<Task<?>> tasks = new ArrayDeque<>();
  private int pending;
  private boolean closed;
  private final Thread thread;

  private int lastBatches;
  private List<HeadSeries> namedOnce;
  private Watch watch = new Watch(_ -> {});

  /// @param delay how long a group waits for company when the one before had some
  /// @param maxPending how many samples may wait before callers are told to come back
  public record Pace(Duration delay, int maxPending) {}

  /// Where samples pass, in this order.
  public record Route(Gate gate, Wal wal, Head head, Beside beside) {}

  public Committer(Route route, Time time, Pace pace, MeterRegistry registry) {
    this.gate = route.gate();
    this.wal = route.wal();
    this.head = route.head();
    this.time = time;
    this.pace = pace;
    this.extras = new Extras(route.beside(), head, registry);
    this.namedOnce = head.namedOnce();
    this.appended = registry.counter("hinomi.metricstore.appended");
    this.oddStarts = registry.counter("hinomi.metricstore.dropped", "reason", "start_after_sample");
    this.commits = registry.timer("hinomi.metricstore.commit");
    for (Reason reason : Reason.values()) {
      refusals.put(reason, registry.counter("hinomi.metricstore.refused", "reason", reason.word()));
    }
    this.thread = Thread.ofPlatform().name("metric-commit").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Returns when everything accepted is durable and visible. The calling thread finds the series
  /// that are known.
  public Admission append(WriteBatch written, Era era) {
    int samples = written.samples();
    if (written.isEmpty()) {
      return Admission.all(0);
    }
    int[] numbers = new int[written.seriesCount()];
    head.resolve(written, numbers);
    Batch batch = new Batch(written, numbers, era);
    lock.lock();
    try {
      checkOpen();
      if (pending > 0 && pending + samples > pace.maxPending()) {
        throw OverLimit.rate("too many samples wait to be stored", Duration.ofSeconds(1));
      }
      batches.add(batch);
      pending += samples;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    return batch.outcome();
  }

  /// Tells after each group which of some metrics had samples in it, with their newest timestamp.
  /// `arrived` runs on the committing thread, after the senders have their answers: it must not
  /// block. Replaces who was told before.
  public void watch(Predicate<String> metric, Consumer<Map<String, Long>> arrived) {
    boolean _ =
        between(() -> {
          head.watch(metric);
          watch = new Watch(arrived);
          return true;
        });
  }

  /// Runs something on the committing thread between two groups and waits for it.
  public <T> T between(Callable<T> work) {
    Task<T> task = new Task<>(work);
    lock.lock();
    try {
      checkOpen();
      tasks.add(task);
      arrived.signal();
    } finally {
      lock.unlock();
    }
    return task.result();
  }

  private void checkOpen() {
    if (closed) {
      throw new Unavailable("the metric store is closed");
    }
  }

  private void run() {
    try {
      while (turn()) {
        // A turn is one group, or what stands between two.
      }
    } finally {
      end();
    }
  }

  private boolean turn() {
    List<Task<?>> due;
    List<Batch> taken = new ArrayList<>();
    lock.lock();
    try {
      while (batches.isEmpty() && tasks.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      if (batches.isEmpty() && tasks.isEmpty()) {
        return false;
      }
      due = new ArrayList<>(tasks);
      tasks.clear();
      if (due.isEmpty()) {
        gather();
      }
      int samples = 0;
      while (!batches.isEmpty() && samples < GROUP_SAMPLES) {
        Batch batch = batches.remove();
        samples += batch.written().samples();
        taken.add(batch);
      }
      pending -= samples;
    } finally {
      lock.unlock();
    }
    due.forEach(Task::run);
    if (!taken.isEmpty()) {
      commit(taken);
    }
    return true;
  }

  /// Waits a moment for more, but only where there was more the last time: a lone sender gains
  /// nothing from it.
  private void gather() {
    long left = lastBatches > 1 ? pace.delay().toNanos() : 0;
    try {
      while (left > 0 && pending < GROUP_SAMPLES && !closed && tasks.isEmpty()) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<Batch> taken) {
    long begin = time.nanos();
    lastBatches = taken.size();
    Group group = gate.group();
    try {
      long now = time.now().toEpochMilli();
      for (Batch batch : taken) {
        gate.admit(batch, now);
        extras.admit(batch);
      }
      if (!group.isEmpty() || !extras.isEmpty()) {
        log(group);
        head.apply(group);
        extras.apply();
        appended.increment(group.size() + group.histograms().size());
        if (group.oddStarts() > 0) {
          oddStarts.increment(group.oddStarts());
        }
      }
      taken.forEach(this::finish);
      watch.tell(group);
    } catch (RuntimeException | Error e) {
      group.unnamed().forEach(series -> series.setNamed(Math.max(0, series.named())));
      taken.forEach(batch -> batch.fail(e));
      if (e instanceof Error error) {
        throw error;
      }
    } finally {
      group.clear();
      extras.clear();
    }
    commits.record(time.nanos() - begin, TimeUnit.NANOSECONDS);
  }

  private void log(Group group) {
    records.start(wal.sequence());
    group.unnamed().forEach(this::name);
    // Named a second time, in another record than the first: then damage to one costs no samples
    // but its own.
    namedOnce.forEach(this::name);
    group.log(records);
    extras.log(records);
    wal.append(records.finish());
    namedOnce.forEach(series -> series.setNamed(2));
    group.unnamed().forEach(series -> series.setNamed(1));
    namedOnce = List.copyOf(group.unnamed());
  }

  private void name(HeadSeries series) {
    records.series(series.number(), head.names().bytes(series));
  }

  private void finish(Batch batch) {
    if (batch.hasRefusals()) {
      refusals.forEach((reason, counter) -> counter.increment(batch.refused(reason)));
    }
    batch.finish();
  }

  /// Ends after what is waiting has been committed.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Nobody may wait for a thread that has ended, however it ended.
  private void end() {
    lock.lock();
    try {
      closed = true;
      Unavailable why = new Unavailable("the metric store is closed");
      batches.forEach(batch -> batch.fail(why));
      tasks.forEach(task -> task.fail(why));
    } finally {
      lock.unlock();
    }
  }
}
