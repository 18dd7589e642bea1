package hinomi.metricstore;

import com.sun.management.OperatingSystemMXBean;
import hinomi.metricstore.disk.ByteSink;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import hinomi.model.SystemTime;
import hinomi.model.WriteBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Run by hand: what a sample and a new series cost in CPU of the whole process, what a series
/// costs in memory, how long a restart takes. `IngestCheck DIRECTORY SERIES ROUNDS`: requests of
/// 2000 series, one point each, 15 s apart, from four senders.
public final class IngestCheck {
  private static final int REQUEST = 2000;
  private static final int SENDERS = 4;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final byte[][] bodies;
  private final int[] ends;
  private final double[] values;
  private final long start;

  private IngestCheck(int series, long start) {
    this.start = start;
    ends = new int[series];
    values = new double[series];
    bodies = new byte[(series + REQUEST - 1) / REQUEST][];
    for (int from = 0; from < series; from += REQUEST) {
      ByteSink body = new ByteSink(REQUEST * 160);
      for (int i = from; i < Math.min(series, from + REQUEST); i++) {
        byte[] name = LabelBytes.encode(labels(i));
        body.put(name, name.length);
        ends[i] = body.size();
      }
      bodies[from / REQUEST] = Arrays.copyOf(body.bytes(), body.size());
    }
  }

  private static Labels labels(int i) {
    return Labels.of(
        Labels.NAME,
        "node_metric_" + i % 1000 + "_total",
        "job",
        "node",
        "instance",
        "host-" + i / 1000 + ".tokyo.example:9100",
        "cluster",
        "tokyo-1",
        "device",
        "disk" + i % 7,
        "mode",
        "mode" + i % 11);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int series = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    try (SystemTime time = new SystemTime()) {
      MetricStoreConfig config = MetricStoreConfig.defaults(directory);
      IngestCheck check = new IngestCheck(series, time.now().toEpochMilli() - rounds * 15_000L);
      long empty = heap();
      MetricStore store = MetricStore.open(config, time, new SimpleMeterRegistry());
      long cpu = SYSTEM.getProcessCpuTime();
      check.send(store, 0, 1);
      print("new series, µs CPU", (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / series);
      for (int from = 1; from < rounds; from += 10) {
        int to = Math.min(rounds, from + 10);
        cpu = SYSTEM.getProcessCpuTime();
        check.send(store, from, to);
        print(
            "sample, ns CPU",
            (double) (SYSTEM.getProcessCpuTime() - cpu) / ((double) series * (to - from)));
      }
      print("heap, bytes/series", (double) (heap() - empty) / series);
      print("disk, MB", bytes(directory) / 1e6);
      store.close();
      long begin = time.nanos();
      store = MetricStore.open(config, time, new SimpleMeterRegistry());
      print("restart from the log alone, s", (time.nanos() - begin) / 1e9);
      begin = time.nanos();
      store.shortenLog();
      print("snapshot, s", (time.nanos() - begin) / 1e9);
      store.close();
      begin = time.nanos();
      store = MetricStore.open(config, time, new SimpleMeterRegistry());
      print("restart from a snapshot, s", (time.nanos() - begin) / 1e9);
      store.close();
    }
  }

  private void send(MetricStore store, int fromRound, int toRound) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(SENDERS);
    for (int sender = 0; sender < SENDERS; sender++) {
      int first = sender * REQUEST;
      Thread.startVirtualThread(() -> {
        Random random = new Random(first);
        for (int round = fromRound; round < toRound; round++) {
          for (int from = first; from < ends.length; from += SENDERS * REQUEST) {
            store.append(batch(from, round, random));
          }
        }
        done.countDown();
      });
    }
    done.await();
  }

  /// As a receiver makes it from a decoded body: names are not copied.
  private WriteBatch batch(int from, int round, Random random) {
    int to = Math.min(ends.length, from + REQUEST);
    WriteBatch batch = new WriteBatch(bodies[from / REQUEST], REQUEST, REQUEST);
    int at = 0;
    for (int i = from; i < to; i++) {
      batch.series(at, ends[i]);
      at = ends[i];
      values[i] += random.nextInt(50);
      batch.point(start + round * 15_000L, values[i]);
    }
    return batch;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
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
