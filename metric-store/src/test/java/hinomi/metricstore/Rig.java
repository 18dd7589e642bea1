package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A store in a folder of its own, under a clock that a test moves.
final class Rig implements AutoCloseable {
  static final List<Matcher> ALL = List.of(new Matcher(Matcher.Kind.REGEX, Labels.NAME, ".+"));

  final SimTime time;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final MetricStoreConfig config;
  private final MetricStore.Disks disks;
  MetricStore store;

  Rig(Path directory) {
    this(config(directory), new SimTime(), Wal.DISK);
  }

  Rig(MetricStoreConfig config, SimTime time, Wal.Opener log) {
    this(config, time, new MetricStore.Disks(log, Volume.REAL));
  }

  Rig(MetricStoreConfig config, SimTime time, MetricStore.Disks disks) {
    this.config = config;
    this.time = time;
    this.disks = disks;
    this.store = MetricStore.open(config, time, registry, disks);
  }

  static MetricStoreConfig config(Path directory) {
    return config(directory, false);
  }

  /// One that keeps start timestamps.
  static MetricStoreConfig keepingStarts(Path directory) {
    return config(directory, true);
  }

  private static MetricStoreConfig config(Path directory, boolean startTimestamps) {
    MetricStoreConfig usual = MetricStoreConfig.defaults(directory);
    return new MetricStoreConfig(
        directory,
        usual.retention(),
        usual.retentionBytes(),
        usual.blockSpan(),
        usual.outOfOrderWindow(),
        usual.backfillWindow(),
        usual.maxAhead(),
        startTimestamps,
        usual.series(),
        Duration.ZERO,
        usual.maxPendingSamples(),
        usual.rollups());
  }

  void reopen() {
    store.close();
    store = MetricStore.open(config, time, registry, disks);
  }

  long now() {
    return time.now().toEpochMilli();
  }

  Admission append(Sample... samples) {
    return store.append(List.of(samples));
  }

  /// Everything, as raw bits by time by series; of histograms those of their sums.
  Map<Labels, NavigableMap<Long, Long>> all() {
    return bits(store.select(ALL, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  static Map<Labels, NavigableMap<Long, Long>> bits(List<StoredSeries> series) {
    Map<Labels, NavigableMap<Long, Long>> all = new TreeMap<>();
    Points points = new Points(64);
    for (StoredSeries one : series) {
      points.clear();
      one.read(points);
      TreeMap<Long, Long> samples = new TreeMap<>();
      for (int i = 0; i < points.size(); i++) {
        if (i > 0 && points.timestamp(i) <= points.timestamp(i - 1)) {
          throw new AssertionError("timestamps of " + one.labels() + " do not rise");
        }
        samples.put(points.timestamp(i), Double.doubleToRawLongBits(points.value(i)));
      }
      for (int i = 0; i < points.histogramCount(); i++) {
        long sum = Double.doubleToRawLongBits(points.histogram(i).sum());
        assertThat(samples.put(points.histogramTimestamp(i), sum)).isNull();
      }
      if (!samples.isEmpty() && all.put(one.labels(), samples) != null) {
        throw new AssertionError(one.labels() + " stands twice in the answer");
      }
    }
    return all;
  }

  /// Copies a store that may be running: what a merge deletes meanwhile makes it begin anew.
  static void copy(Path from, Path to) {
    while (true) {
      try {
        copyOnce(from, to);
        return;
      } catch (NoSuchFileException e) {
        // The block that replaces it is there by now.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void copyOnce(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
