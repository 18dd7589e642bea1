package hinomi.collector.push;

import hinomi.collector.SampleSink;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Cancel;
import hinomi.model.Failure;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.model.WriteBatch;
import hinomi.wire.Exposition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The Pushgateway's behaviour (github.com/prometheus/pushgateway, "About metric inconsistencies"
/// and API). A group's values stay visible until the group is deleted, over restarts too: every 15
/// s they are appended again with the time of then, as if a Prometheus scraped a Pushgateway. A
/// group never expires by itself; a job that names its instance should delete its group. `PUT`
/// replaces a group, `POST` its metrics of the same names, `DELETE` ends it; whatever ceases to be
/// pushed ends with a staleness marker. An acknowledged push is stored and kept on disk. Any
/// thread: one after the other.
public final class PushedGroups implements AutoCloseable {
  static final Duration REPEAT = Duration.ofSeconds(15);
  private static final int MAX_GROUPS = 10_000;
  private static final int BATCH = 5_000;

  private final GroupFiles files;
  private final SampleSink append;
  private final Time time;
  private final Cancel repeating;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private long last;

  private PushedGroups(GroupFiles files, SampleSink append, Time time) {
    this.files = files;
    this.append = append;
    this.time = time;
    files.load().forEach(group -> groups.put(group.key(), group));
    this.repeating = time.every(REPEAT, "repeat pushed groups", this::repeat);
  }

  /// Reads what was pushed before, from the directory, and begins to repeat it.
  ///
  /// @param append where samples go; may throw a `Failure`
  public static PushedGroups open(Path directory, SampleSink append, Time time) {
    return new PushedGroups(new GroupFiles(directory), append, time);
  }

  /// Replaces a group (`PUT`).
  public void replace(Labels key, List<Exposition.Family> pushed) {
    push(key, pushed, true);
  }

  /// Replaces a group's metrics of the same names (`POST`).
  public void merge(Labels key, List<Exposition.Family> pushed) {
    push(key, pushed, false);
  }

  private void push(Labels key, List<Exposition.Family> pushed, boolean whole) {
    lock.lock();
    try {
      Group before = groups.getOrDefault(key, new Group(key, Map.of()));
      if (groups.size() >= MAX_GROUPS && !groups.containsKey(key)) {
        throw OverLimit.rate("there are " + MAX_GROUPS + " pushed groups; delete some", REPEAT);
      }
      Map<String, Exposition.Family> families =
          new LinkedHashMap<>(whole ? Map.of() : before.families());
      families.putAll(Group.labelled(key, pushed));
      double failed =
          before.families().containsKey(Group.FAILED)
              ? before.families().get(Group.FAILED).points().getFirst().value()
              : 0;
      Group next =
          new Group(key, families).with(Group.PUSHED, seconds()).with(Group.FAILED, failed);
      change(before, next);
      files.save(next);
      groups.put(key, next);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a push could not be taken, on a group that exists.
  public void failed(Labels key) {
    lock.lock();
    try {
      Group before = groups.get(key);
      if (before != null) {
        groups.put(key, before.with(Group.FAILED, seconds()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends a group (`DELETE`); one that does not exist is no mistake.
  public void delete(Labels key) {
    lock.lock();
    try {
      Group before = groups.get(key);
      if (before != null) {
        change(before, new Group(key, Map.of()));
        files.remove(key);
        groups.remove(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Appends what is new, and a staleness marker to each series that is no more.
  private void change(Group before, Group next) {
    long at = timestamp();
    WriteBatch batch = new WriteBatch();
    next.addTo(batch, at);
    next.addAbout(batch, at);
    Set<Labels> gone = before.series();
    gone.removeAll(next.series());
    gone.forEach(labels -> {
      batch.series(labels);
      batch.point(at, Sample.STALE);
    });
    Set<Labels> goneHistograms = before.histograms();
    goneHistograms.removeAll(next.histograms());
    goneHistograms.forEach(labels -> {
      batch.series(labels);
      batch.histogram(at, Histogram.stale());
    });
    Admission admission = append.append(batch);
    if (admission.refused() > 0) {
      throw new BadInput(
          "pushed metrics are not taken: " + admission.refusals().getFirst().example());
    }
  }

  private void repeat() {
    lock.lock();
    try {
      long at = timestamp();
      WriteBatch batch = new WriteBatch();
      for (Group group : groups.values()) {
        group.addTo(batch, at);
        if (batch.samples() >= BATCH) {
          append.append(batch);
          batch = new WriteBatch();
        }
      }
      if (!batch.isEmpty()) {
        append.append(batch);
      }
    } catch (Failure e) {
      // Counted and logged where samples are handed over; the next round repeats all of it.
    } finally {
      lock.unlock();
    }
  }

  /// Later than any before, so that two pushes in one millisecond do not contradict each other.
  private long timestamp() {
    last = Math.max(time.now().toEpochMilli(), last + 1);
    return last;
  }

  private double seconds() {
    return time.now().toEpochMilli() / 1000.0;
  }

  @Override
  public void close() {
    repeating.cancel();
  }
}
