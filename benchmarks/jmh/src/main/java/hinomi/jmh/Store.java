package hinomi.jmh;

import hinomi.metricstore.MetricStore;
import hinomi.metricstore.MetricStoreConfig;
import hinomi.model.Admission;
import hinomi.model.SystemTime;
import hinomi.model.WriteBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A real store in a directory of its own, which goes with it.
final class Store implements AutoCloseable {
  private final Path directory;
  private final SystemTime time = new SystemTime();
  private final MetricStore store;

  Store() throws IOException {
    directory = Files.createTempDirectory("hinomi-jmh-");
    store =
        MetricStore.open(
            MetricStoreConfig.defaults(directory.resolve("metrics")),
            time,
            new SimpleMeterRegistry());
  }

  MetricStore get() {
    return store;
  }

  SystemTime time() {
    return time;
  }

  /// Two days back, so that a benchmark has as many scrapes before it as it can write.
  long start() {
    return (time.now().toEpochMilli() - 2 * 86_400_000L) / Hosts.STEP * Hosts.STEP;
  }

  /// Refuses to measure refusals.
  void append(WriteBatch batch) {
    Admission admission = store.append(batch);
    if (admission.accepted() != batch.points()) {
      throw new IllegalStateException("BUG: " + admission);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
    time.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
