import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A fleet of hosts as an exchange has them: 100 series a host by node_exporter's names, and one
/// service's latency histogram. About a third never change, half are counters, the rest wander. The
/// same seed gives the same samples.
final class Fleet {
  /// Not "node", which the shipped rules watch: a thousand hosts that fall silent would page a
  /// thousand times while the next thing is measured.
  private static final String JOB = "fleet";

  private static final String[] BOUNDS = {
    "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"
  };
  private static final String[] MODES = {
    "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"
  };
  private static final double[] MODE_SHARE = {12, .1, 0, 0, .05, .01, .7, 1.5};

  private final Random random;
  private final List<Track> tracks = new ArrayList<>();
  private final int perHost;

  /// How a value goes on.
  private interface Motion {
    double next(double value, Random random, long time);
  }

  private static final class Track {
    private final Labels labels;
    private final Motion motion;
    private double value;

    Track(Labels labels, double value, Motion motion) {
      this.labels = labels;
      this.value = value;
      this.motion = motion;
    }
  }

  Fleet(int hosts, int perHost, long seed) {
    this.random = new Random(seed);
    this.perHost = perHost;
    for (int host = 0; host < hosts; host++) {
      addHost(host);
    }
  }

  int size() {
    return tracks.size();
  }

  /// The next sample of one series.
  Sample next(int series, long time) {
    Track track = tracks.get(series);
    track.value = track.motion.next(track.value, random, time);
    return new Sample(track.labels, time, track.value);
  }

  private void addHost(int host) {
    int from = tracks.size();
    for (int cpu = 0; tracks.size() - from < perHost; cpu++) {
      addCpu(host, cpu);
      if (cpu == 1) {
        addMachine(host);
      }
      if (cpu % 2 == 1) {
        addService(host, "/api/v1/orders" + (cpu == 1 ? "" : "/" + cpu));
      }
    }
    tracks.subList(from + perHost, tracks.size()).clear();
  }

  private void addCpu(int host, int cpu) {
    for (int m = 0; m < MODES.length; m++) {
      double share = MODE_SHARE[m];
      Motion motion =
          share == 0
              ? idle()
              : (v, r, _) -> Math.rint((v + share * (0.5 + r.nextDouble())) * 100) / 100;
      add(host, "node_cpu_seconds_total", 1000, motion, "cpu", "" + cpu, "mode", MODES[m]);
    }
  }

  private void addMachine(int host) {
    add(host, "up", 1, constant());
    double memory = 0x1p32 * (1 + random.nextInt(16));
    add(host, "node_memory_MemTotal_bytes", memory, constant());
    for (String what : List.of("MemFree", "MemAvailable", "Cached", "Active", "Dirty")) {
      add(host, "node_memory_" + what + "_bytes", memory / 4, walk(4096, 500));
    }
    for (String mount : List.of("/", "/boot", "/var/lib/exchange")) {
      add(host, "node_filesystem_size_bytes", 0x1p36, constant(), "mountpoint", mount);
      add(host, "node_filesystem_avail_bytes", 0x1p35, walk(4096, 20), "mountpoint", mount);
      add(host, "node_filesystem_files", 6_553_600, constant(), "mountpoint", mount);
    }
    for (String device : List.of("nvme0n1", "nvme1n1")) {
      double rate = 1 + random.nextInt(200);
      add(host, "node_disk_read_bytes_total", 1e9, counter(rate * 4096), "device", device);
      add(host, "node_disk_written_bytes_total", 1e9, counter(rate * 8192), "device", device);
      add(host, "node_disk_reads_completed_total", 1e5, counter(rate), "device", device);
      add(host, "node_disk_writes_completed_total", 1e5, counter(rate * 2), "device", device);
    }
    for (String device : List.of("eth0", "lo")) {
      double rate = 1000 + random.nextInt(100_000);
      for (String way : List.of("receive", "transmit")) {
        String begin = "node_network_" + way;
        add(host, begin + "_bytes_total", 1e9, counter(rate * 800), "device", device);
        add(host, begin + "_packets_total", 1e6, counter(rate), "device", device);
        add(host, begin + "_errs_total", 0, idle(), "device", device);
        add(host, begin + "_drop_total", 0, idle(), "device", device);
      }
    }
    for (String minutes : List.of("1", "5", "15")) {
      Motion load = (v, r, _) -> Math.rint(Math.max(0, v + (r.nextDouble() - .5) * .3) * 100) / 100;
      add(host, "node_load" + minutes, 1, load);
    }
    add(host, "node_boot_time_seconds", 1.79e9 + host, constant());
    add(host, "node_time_seconds", 0, (_, r, time) -> time / 1000.0 + r.nextInt(1000) / 1000.0);
    add(host, "node_procs_running", 2, walk(1, 2));
    add(host, "node_filefd_allocated", 2000, walk(1, 3));
    add(host, "node_context_switches_total", 1e6, counter(30_000));
    add(host, "order_latency_ewma_seconds", .003, (v, r, _) -> v * .9 + .0006 * r.nextDouble());
  }

  private void addService(int host, String handler) {
    double rate = 20 + random.nextInt(400);
    for (int i = 0; i < BOUNDS.length; i++) {
      Motion motion = counter(rate * (1 - Math.exp(-(i + 1) * .5)));
      add(
          host,
          "http_request_duration_seconds_bucket",
          0,
          motion,
          "handler",
          handler,
          "le",
          BOUNDS[i]);
    }
    add(host, "http_request_duration_seconds_count", 0, counter(rate), "handler", handler);
    Motion sum = (v, r, _) -> v + rate * .2 * r.nextDouble();
    add(host, "http_request_duration_seconds_sum", 0, sum, "handler", handler);
  }

  private void add(int host, String name, double value, Motion motion, String... more) {
    String[] pairs = new String[more.length + 8];
    System.arraycopy(
        new String[] {
          Labels.NAME,
          name,
          "dc",
          host % 2 == 0 ? "tokyo-1" : "osaka-1",
          "instance",
          String.format("host-%04d:9100", host),
          "job",
          JOB
        },
        0,
        pairs,
        0,
        8);
    System.arraycopy(more, 0, pairs, 8, more.length);
    tracks.add(new Track(Labels.of(pairs), value, motion));
  }

  private static Motion constant() {
    return (v, _, _) -> v;
  }

  private static Motion idle() {
    return (v, r, _) -> r.nextInt(2000) == 0 ? v + 1 : v;
  }

  private static Motion counter(double perSecond) {
    return (v, r, _) -> v + Math.rint(perSecond * 15 * (.8 + .4 * r.nextDouble()));
  }

  private static Motion walk(double unit, double width) {
    return (v, r, _) -> Math.max(0, v + unit * Math.rint(width * (2 * r.nextDouble() - 1)));
  }
}
