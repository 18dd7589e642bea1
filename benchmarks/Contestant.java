import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server in the comparison: how it is started, told to write everything down, weighed.
final class Contestant implements AutoCloseable {
  /// Clock ticks a second in `/proc/PID/stat` (`USER_HZ`, 100 on every Linux that we know).
  private static final double TICKS = 100;

  /// A head that spans more than this is about to be written as a block, by Prometheus' rule and by
  /// ours.
  private static final double MOST_IN_HEAD_MILLIS = 3 * 3_600_000.0;

  private static final Duration LONGEST_START = Duration.ofMinutes(10);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Kind kind;
  private final Path data;
  private final int port;
  private final Process process;

  /// What runs.
  enum Kind {
    HINOMI("Hinomi"),
    PROMETHEUS("Prometheus"),
    VICTORIA_METRICS("VictoriaMetrics"),
    /// Evaluates rules for VictoriaMetrics and keeps no samples of its own.
    VMALERT("vmalert");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private Contestant(Kind kind, Path data, int port, Process process) {
    this.kind = kind;
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /// Starts one on an empty directory, or on what it left there, and returns when it answers.
  static Contestant start(Kind kind, Path program, Path data, int port) throws Exception {
    return start(kind, program, data, port, List.of());
  }

  /// @param more words of the command line. Prometheus reads `prometheus.yml` beside its data when
  ///   there is one
  static Contestant start(Kind kind, Path program, Path data, int port, List<String> more)
      throws Exception {
    Files.createDirectories(data);
    List<String> words = new ArrayList<>(command(kind, program, data, port));
    words.addAll(more);
    ProcessBuilder command = new ProcessBuilder(words);
    command.redirectErrorStream(true);
    Path log = data.resolveSibling(kind.title() + ".log");
    command.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = command.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Contestant contestant = new Contestant(kind, data, port, process);
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!contestant.answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        contestant.kill();
        throw new IllegalStateException(
            kind.title() + " does not start:\n" + Files.readString(log));
      }
      Thread.sleep(10);
    }
    return contestant;
  }

  private static List<String> command(Kind kind, Path program, Path data, int port)
      throws IOException {
    String address = "127.0.0.1:" + port;
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(
        switch (kind) {
          // Its own metrics are newer than the first samples of the fleet.
          case HINOMI ->
              settings(
                  "web.port=" + port,
                  "status.port=0",
                  "otlp.http.port=0",
                  "promql.admin-api=true",
                  "metric-store.out-of-order-window=30d");
          case PROMETHEUS -> {
            Path config = data.resolveSibling("prometheus.yml");
            if (!Files.exists(config)) {
              Files.writeString(config, "global: {scrape_interval: 15s}\n");
            }
            yield List.of(
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=" + address,
                "--web.enable-remote-write-receiver",
                "--web.enable-admin-api",
                "--storage.tsdb.retention.time=60d",
                "--log.level=warn");
          }
          case VICTORIA_METRICS ->
              List.of(
                  "-storageDataPath=" + data,
                  "-httpListenAddr=" + address,
                  "-retentionPeriod=24",
                  "-search.latencyOffset=0s",
                  "-loggerLevel=WARN");
          case VMALERT -> List.of("-httpListenAddr=" + address, "-loggerLevel=WARN");
        });
    if (kind == Kind.HINOMI) {
      words.addAll(List.of("--data", data.toString()));
    }
    return words;
  }

  private static List<String> settings(String... settings) {
    List<String> words = new ArrayList<>(List.of("run"));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    return words;
  }

  private boolean answers() {
    try (Connection connection = new Connection(port)) {
      return connection.get(kind == Kind.VMALERT ? "/health" : "/api/v1/query?query=up").good();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  Kind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  /// The body of a good answer.
  byte[] get(String path) {
    try (Connection connection = new Connection(port)) {
      return good(path, connection.get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void post(String path) throws IOException {
    try (Connection connection = new Connection(port)) {
      byte[] _ = good(path, connection.post(path));
    }
  }

  private byte[] good(String path, Connection.Answer answer) {
    if (!answer.good()) {
      throw new IllegalStateException(
          kind.title() + " answers " + answer.status() + " to " + path + ": " + answer.text());
    }
    return answer.body();
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(get(path)).path("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Has everything written as densely as it can, and returns when that is done.
  void writeDown() throws Exception {
    switch (kind) {
      case HINOMI -> post("/api/v1/admin/tsdb/compact");
      case PROMETHEUS -> post("/api/v1/admin/tsdb/snapshot");
      case VICTORIA_METRICS -> {
        byte[] _ = get("/internal/force_flush");
        byte[] _ = get("/internal/force_merge");
      }
      case VMALERT -> {}
    }
    settle();
  }

  /// The bytes of what was written down; logs that only bridge a crash are left out.
  long weigh() throws IOException {
    List<String> folders =
        switch (kind) {
          case HINOMI -> List.of("metrics/blocks");
          case PROMETHEUS -> List.of("snapshots");
          case VICTORIA_METRICS -> List.of("data", "indexdb");
          case VMALERT -> List.of();
        };
    long bytes = 0;
    for (String folder : folders) {
      if (!Files.exists(data.resolve(folder))) {
        continue; // newer versions of VictoriaMetrics have their index inside the data
      }
      try (Stream<Path> files = Files.walk(data.resolve(folder))) {
        bytes += files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }
    return bytes;
  }

  /// Waits until it has come to rest: less than a tenth of a core for two seconds, and no merge
  /// under way or due.
  void settle() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_REST.toNanos();
    double before = cpuSeconds();
    while (true) {
      Thread.sleep(2000);
      double now = cpuSeconds();
      if (now - before < 0.2 && !hasWork()) {
        return;
      }
      if (System.nanoTime() > end) {
        System.err.println(kind.title() + " does not come to rest");
        return;
      }
      before = now;
    }
  }

  private boolean hasWork() {
    if (kind == Kind.VICTORIA_METRICS) {
      return new String(get("/metrics"))
          .lines()
          .filter(line -> line.startsWith("vm_active_merges") || line.startsWith("vm_active_force"))
          .anyMatch(line -> !line.endsWith(" 0"));
    }
    JsonNode head = json("/api/v1/status/tsdb").path("headStats");
    return head.path("maxTime").asDouble() - head.path("minTime").asDouble() > MOST_IN_HEAD_MILLIS;
  }

  /// User and system time of the process so far.
  double cpuSeconds() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /// The most memory that was resident, in MiB.
  long peakMebibytes() {
    return read("status")
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private String read(String what) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + what));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    int _ = process.waitFor();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
