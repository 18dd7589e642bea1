package hinomi.metricstore;

import hinomi.disk.DirectoryLock;
import hinomi.disk.Durably;
import hinomi.metricstore.append.Committer;
import hinomi.metricstore.append.Era;
import hinomi.metricstore.append.Gate;
import hinomi.metricstore.backup.Backup;
import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.compact.Compactor;
import hinomi.metricstore.compact.Ranges;
import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.exemplar.Exemplars;
import hinomi.metricstore.head.Beside;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadReplay;
import hinomi.metricstore.head.HeadStatus;
import hinomi.metricstore.head.Snapshot;
import hinomi.metricstore.metadata.MetricNotes;
import hinomi.metricstore.rollup.RolledReader;
import hinomi.metricstore.rollup.Rollups;
import hinomi.metricstore.rollup.Thinned;
import hinomi.metricstore.select.Reader;
import hinomi.metricstore.wal.Replay;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Cancel;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Metadata;
import hinomi.model.Rolled;
import hinomi.model.RolledSelection;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.Time;
import hinomi.model.TimeRanges;
import hinomi.model.Unavailable;
import hinomi.model.Vector;
import hinomi.model.WriteBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps samples on this machine and gives them back. Safe for any number of threads; [#append]
/// blocks until what it took is durable, queries never wait for the disk's writes.
///
/// Failures: [Unavailable] when the disk fails (nothing of that call was taken, try again),
/// [hinomi.model.OverLimit] when too much waits. A sample that is refused is no failure but an
/// answer: see [Admission].
public final class MetricStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricStore.class);
  private static final Duration UPKEEP_PERIOD = Duration.ofMinutes(1);
  private static final int MOST_METRICS = 50_000;

  private final DirectoryLock lock;
  private final Wal wal;
  private final Head head;
  private final Beside beside;
  private final Committer committer;
  private final Compactor compactor;
  private final Upkeep upkeep;
  private final UpkeepThread upkeepThread = new UpkeepThread();
  private final Reader reader;
  private final RolledReader rolled;
  private final Thinned thinned;
  private final Time time;
  private final MeterRegistry registry;
  private final List<Gauge> gauges;
  private final Cancel schedule;

  private MetricStore(MetricStoreConfig config, Time time, MeterRegistry registry, Disks disks)
      throws IOException {
    this.time = time;
    this.registry = registry;
    Path directory = config.directory();
    Path walFolder = directory.resolve("wal");
    Path blockFolder = directory.resolve("blocks");
    Durably.createFolder(directory);
    Durably.createFolder(walFolder);
    Path backupFolder = directory.resolve("snapshots");
    Durably.createFolder(blockFolder);
    Durably.createFolder(backupFolder);
    this.lock = DirectoryLock.take(directory, "the metric data in " + directory);
    try {
      Path quarantine = directory.resolve("quarantine");
      Blocks blocks = Blocks.open(blockFolder, quarantine, disks.blocks(), registry);
      Rollups rollups = Rollups.open(blockFolder, disks.blocks(), blocks, registry);
      Backup backup = new Backup(backupFolder, disks.blocks(), blocks, rollups);
      backup.clean();
      this.head = new Head(config.blockSpan().toMillis());
      this.beside =
          new Beside(new Exemplars(config.series().mostExemplars()), new MetricNotes(MOST_METRICS));
      Replay.Outcome found = restore(directory, head, beside, registry);
      this.wal = new Wal(walFolder, disks.log(), found.nextSegment(), found.nextSequence());
      Gate.Limits limits =
          new Gate.Limits(
              config.maxAhead().toMillis(),
              config.outOfOrderWindow().toMillis(),
              config.backfillWindow().toMillis(),
              config.series().most(),
              config.series().mostPerMetric(),
              config.series().mostPerInstance(),
              config.series().mostLabels(),
              config.startTimestamps());
      Committer.Pace pace = new Committer.Pace(config.commitDelay(), config.maxPendingSamples());
      Gate gate = new Gate(head, blocks, limits);
      this.committer =
          new Committer(new Committer.Route(gate, wal, head, beside), time, pace, registry);
      this.thinned = new Thinned(rollups);
      this.reader = new Reader(head, blocks, thinned);
      this.rolled = new RolledReader(head, blocks, rollups);
      this.compactor = new Compactor(blocks, Ranges.of(config.blockSpan()), rollups, registry);
      Upkeep.Stores stores =
          new Upkeep.Stores(wal, head, beside, blocks, rollups, compactor, backup);
      this.upkeep =
          new Upkeep(
              config, new Snapshot.At(disks.blocks(), walFolder), committer, stores, registry);
      this.gauges = new ArrayList<>(rollups.gauges(registry));
      gauges.addAll(
          List.of(
              Gauge.builder("hinomi.metricstore.series", head, Head::size).register(registry),
              Gauge.builder("hinomi.metricstore.spellings", head, Head::spellings)
                  .register(registry),
              Gauge.builder("hinomi.metricstore.blocks", blocks, Blocks::size).register(registry),
              Gauge.builder("hinomi.metricstore.block.bytes", blocks, Blocks::bytes)
                  .register(registry)));
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
    committer.start();
    compactor.start();
    this.schedule = time.every(UPKEEP_PERIOD, "metric store upkeep", this::scheduled);
  }

  /// Opens the store in its directory, creating it if need be, and reads the log again. A directory
  /// in use is [Unavailable].
  public static MetricStore open(MetricStoreConfig config, Time time, MeterRegistry registry) {
    return open(config, time, registry, new Disks(Wal.DISK, Volume.REAL));
  }

  /// What lies below the log, and below the blocks, snapshots, deletions and backups.
  record Disks(Wal.Opener log, Volume blocks) {}

  /// With disks of the test's choice.
  static MetricStore open(
      MetricStoreConfig config, Time time, MeterRegistry registry, Disks disks) {
    try {
      return new MetricStore(config, time, registry, disks);
    } catch (IOException e) {
      throw new Unavailable(
          "the metric store in " + config.directory() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Replay.Outcome restore(
      Path directory, Head head, Beside beside, MeterRegistry registry) throws IOException {
    Path walFolder = directory.resolve("wal");
    Path quarantine = directory.resolve("quarantine");
    Optional<Snapshot.Found> snapshot = Snapshot.read(walFolder, quarantine, head, beside);
    HeadReplay replay = new HeadReplay(head, beside);
    Replay.Outcome found =
        Replay.run(
            walFolder,
            quarantine,
            snapshot.map(Snapshot.Found::segment).orElse(1L),
            snapshot.map(Snapshot.Found::nextSequence).orElse(1L),
            replay);
    int snapshotDamage = snapshot.map(Snapshot.Found::damaged).orElse(0);
    registry.counter("hinomi.metricstore.damaged", "where", "log").increment(found.damaged());
    registry.counter("hinomi.metricstore.damaged", "where", "snapshot").increment(snapshotDamage);
    registry.counter("hinomi.metricstore.truncated.bytes").increment((double) found.truncated());
    registry
        .counter("hinomi.metricstore.dropped", "reason", "unnamed")
        .increment((double) replay.lost());
    log.atInfo()
        .addKeyValue("directory", directory)
        .addKeyValue("series", head.size())
        .addKeyValue("records", found.records())
        .addKeyValue("damagedRecords", found.damaged())
        .addKeyValue("damagedSnapshotFrames", snapshotDamage)
        .addKeyValue("samplesWithoutName", replay.lost())
        .log("metric store opened");
    return found;
  }

  /// Takes samples in. Returns when all that were accepted are synced to disk and visible to
  /// queries; many callers at once share one sync.
  public Admission append(WriteBatch batch) {
    return committer.append(batch, Era.PRESENT);
  }

  /// As [#append(WriteBatch)], for samples of the past that another system has kept: they may be as
  /// old as the backfill window.
  public Admission backfill(WriteBatch batch) {
    return committer.append(batch, Era.PAST);
  }

  /// As [#append(WriteBatch)], for those who have samples one by one.
  public Admission append(List<Sample> samples) {
    return append(WriteBatch.of(samples));
  }

  /// Likewise, of elements of both kinds.
  public Admission append(Vector vector) {
    return append(WriteBatch.of(vector));
  }

  /// Tells after each commit which of some metrics had samples in it: by metric, the newest
  /// timestamp, milliseconds since the epoch. `arrived` is called on the committing thread when the
  /// senders have their answers, and must not block. Who was told before is told no more.
  public void watch(Predicate<String> metric, Consumer<Map<String, Long>> arrived) {
    committer.watch(metric, arrived);
  }

  /// What is in memory and where most of it comes from.
  ///
  /// @param limit how many of each list are told
  public HeadStatus status(int limit) {
    return head.status(limit);
  }

  /// The series that fit all matchers and have samples between two times in milliseconds since the
  /// epoch, both included; in no particular order, to be read when the caller likes.
  public List<StoredSeries> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    return reader.select(matchers, fromMillis, toMillis);
  }

  /// The series that fit, in whole buckets where these fit into some ranges and in samples
  /// elsewhere; empty where buckets are of no use, and [#select] is to be asked.
  public Optional<RolledSelection> rolled(
      List<Matcher> matchers, TimeRanges ranges, Set<Rolled.Column> columns) {
    return rolled.select(matchers, ranges, columns);
  }

  /// How far apart, in milliseconds, the samples are that [#select] gives of a time: 0 where all
  /// are kept, else the width of the buckets of which the last samples are left.
  public long spacing(long atMillis) {
    return thinned.spacing(atMillis);
  }

  /// The series that fit and have samples about that time (to the length of a chunk), sorted.
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return reader.series(matchers, fromMillis, toMillis);
  }

  /// The names of labels of the series that fit, sorted; no matchers stand for all series.
  public List<String> labelNames(List<Matcher> matchers, long fromMillis, long toMillis) {
    return reader.labelNames(matchers, fromMillis, toMillis);
  }

  /// The values of a label of the series that fit, sorted; no matchers stand for all series.
  public List<String> labelValues(
      String name, List<Matcher> matchers, long fromMillis, long toMillis) {
    return reader.labelValues(name, matchers, fromMillis, toMillis);
  }

  /// The exemplars of the series that fit, between two times in milliseconds since the epoch, both
  /// included: the newest of all, up to [MetricStoreConfig.SeriesLimits].
  public Map<Labels, List<Exemplar>> exemplars(
      List<Matcher> matchers, long fromMillis, long toMillis) {
    return beside.exemplars().find(matchers, fromMillis, toMillis);
  }

  /// What senders told of their metrics, by name, sorted; several accounts where they differ.
  public Map<String, List<Metadata>> metadata() {
    return beside.notes().all();
  }

  /// In how many places what was stored has been found damaged since the start.
  public long damaged() {
    return Math.round(
        registry.find("hinomi.metricstore.damaged").counters().stream()
            .mapToDouble(Counter::count)
            .sum());
  }

  /// Deletes the samples that are held now of the series that fit, between two times in
  /// milliseconds since the epoch, both included. They are hidden when this returns, and stay so;
  /// what is stored later, be it of the same time, is not meant. Room is won when blocks are
  /// merged, or by [#cleanTombstones].
  public void delete(List<Matcher> matchers, long fromMillis, long toMillis) {
    doing("delete samples", () -> upkeep.delete(matchers, fromMillis, toMillis));
  }

  /// Writes anew what holds deleted samples, so that they are gone from the disk.
  public void cleanTombstones() {
    compactor.clean();
  }

  /// Makes a backup of everything that was acknowledged before, durable when this returns. It is a
  /// folder in `snapshots/` of that name, whose files are the `blocks/` of a store.
  ///
  /// @param skipHead leave out what is not in blocks yet, which are the newest hours
  public String snapshot(boolean skipHead) {
    List<String> name = new ArrayList<>();
    doing("make a backup", () -> name.add(upkeep.backup(time.now(), skipHead)));
    return name.getFirst();
  }

  /// Brings everything, the newest samples included, into as few and as small blocks as can be, and
  /// returns when that is done: before the directory is weighed or moved.
  public void compact() {
    doing("write blocks", upkeep::flushAll);
    compactor.mergeAll();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void doing(String what, Work work) {
    boolean _ =
        upkeepThread.call(() -> {
          try {
            work.run();
            return true;
          } catch (IOException e) {
            throw new Unavailable("the metric store cannot " + what + ": " + e.getMessage(), e);
          }
        });
  }

  private void scheduled() {
    boolean _ =
        upkeepThread.call(() -> {
          maintain();
          return true;
        });
  }

  /// What the schedule does every minute.
  void maintain() {
    upkeep.run(time.now());
  }

  /// Shortens the log at once, as a long one is without waiting for a flush.
  void shortenLog() throws IOException {
    upkeep.shortenLog();
  }

  /// Ends after what is waiting has been stored. Everything acknowledged is on disk already.
  @Override
  public void close() {
    schedule.cancel();
    gauges.forEach(registry::remove);
    compactor.close();
    committer.close();
    upkeep.close();
    upkeepThread.close();
    wal.close();
    try {
      lock.close();
    } catch (IOException e) {
      log.atWarn().setCause(e).log("lock of the metric data not released");
    }
  }
}
