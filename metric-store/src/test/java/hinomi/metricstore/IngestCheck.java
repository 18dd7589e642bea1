package hinomi.metricstore;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Run by hand: how much one caller gets in, how long a restart takes, what a sample costs on disk.
/// `IngestCheck DIRECTORY HOSTS ROUNDS`, with 100 series a host, 15 s apart.
public final class IngestCheck {
  private static final int SERIES_PER_HOST = 100;

  private IngestCheck() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int hosts = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    try (SystemTime time = new SystemTime()) {
      MetricStoreConfig config = MetricStoreConfig.defaults(directory);
      MetricStore store = MetricStore.open(config, time, new SimpleMeterRegistry());
      List<Labels> labels = new ArrayList<>();
      double[] values = new double[hosts * SERIES_PER_HOST];
      for (int i = 0; i < values.length; i++) {
        labels.add(
            Labels.of(
                Labels.NAME,
                "metric_" + i % SERIES_PER_HOST,
                "job",
                "node",
                "instance",
                "host-" + i / SERIES_PER_HOST + ":9100",
                "cluster",
                "tokyo-1"));
      }
      Random random = new Random(7);
      long start = time.now().toEpochMilli() - rounds * 15_000L;
      long appending = 0;
      for (int round = 0; round < rounds; round++) {
        for (int from = 0; from < values.length; from += 2000) {
          List<Sample> batch = new ArrayList<>(2000);
          for (int i = from; i < Math.min(values.length, from + 2000); i++) {
            values[i] += random.nextInt(50);
            batch.add(new Sample(labels.get(i), start + round * 15_000L, values[i]));
          }
          long begin = time.nanos();
          store.append(batch);
          appending += time.nanos() - begin;
        }
      }
      double samples = (double) rounds * values.length;
      print("appended, samples/s", samples / (appending / 1e9));
      store.close();
      long begin = time.nanos();
      store = MetricStore.open(config, time, new SimpleMeterRegistry());
      print("restart from the log alone, s", (time.nanos() - begin) / 1e9);
      begin = time.nanos();
      store.maintain();
      print("flush, s", (time.nanos() - begin) / 1e9);
      print("disk, bytes/sample", bytes(directory) / samples);
      store.close();
      begin = time.nanos();
      store = MetricStore.open(config, time, new SimpleMeterRegistry());
      print("restart, s", (time.nanos() - begin) / 1e9);
      begin = time.nanos();
      int found =
          store.select(List.of(Matcher.equal(Labels.NAME, "metric_7")), 0, Long.MAX_VALUE).stream()
              .mapToInt(series -> series.size())
              .sum();
      print("select of " + found + " samples, s", (time.nanos() - begin) / 1e9);
      store.close();
    }
  }

  private static double bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void print(String what, double figure) {
    System.out.printf("%s: %.3f%n", what, figure);
  }
}
