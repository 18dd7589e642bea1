import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server in the comparison: how it is started, told to write everything down, weighed.
final class Contestant implements AutoCloseable {
  /// Clock ticks a second in `/proc/PID/stat` (`USER_HZ`, 100 on every Linux that we know).
  private static final double TICKS = 100;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Kind kind;
  private final Path data;
  private final int port;
  private final Process process;

  /// What runs.
  enum Kind {
    HINOMI,
    PROMETHEUS,
    VICTORIA_METRICS
  }

  private Contestant(Kind kind, Path data, int port, Process process) {
    this.kind = kind;
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /// Starts one on an empty directory, or on what it left there.
  static Contestant start(Kind kind, Path program, Path data, int port) throws Exception {
    Files.createDirectories(data);
    ProcessBuilder command = new ProcessBuilder(command(kind, program, data, port));
    command.redirectErrorStream(true);
    command.redirectOutput(
        ProcessBuilder.Redirect.appendTo(data.resolve("../" + kind + ".log").toFile()));
    Process process = command.start();
    Contestant contestant = new Contestant(kind, data, port, process);
    long end = System.nanoTime() + 120_000_000_000L;
    while (!contestant.answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(kind + " does not start");
      }
      Thread.sleep(20);
    }
    return contestant;
  }

  private static List<String> command(Kind kind, Path program, Path data, int port)
      throws IOException {
    String address = "127.0.0.1:" + port;
    return switch (kind) {
      case HINOMI ->
          List.of(
              program.toString(),
              "run",
              "--data",
              data.toString(),
              "--set",
              "web.port=" + port,
              "--set",
              "status.port=0",
              "--set",
              "otlp.http.port=0",
              "--set",
              "promql.admin-api=true");
      case PROMETHEUS -> {
        Path empty = Files.writeString(data.resolve("../prometheus.yml"), "global: {}\n");
        yield List.of(
            program.toString(),
            "--config.file=" + empty,
            "--storage.tsdb.path=" + data,
            "--web.listen-address=" + address,
            "--web.enable-remote-write-receiver",
            "--web.enable-admin-api",
            "--storage.tsdb.retention.time=60d",
            "--log.level=warn");
      }
      case VICTORIA_METRICS ->
          List.of(
              program.toString(),
              "-storageDataPath=" + data,
              "-httpListenAddr=" + address,
              "-retentionPeriod=24",
              "-search.latencyOffset=0s",
              "-loggerLevel=ERROR");
    };
  }

  private boolean answers() {
    try {
      return get("/api/v1/labels").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  Kind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  HttpResponse<byte[]> get(String path) {
    return ask(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  private HttpResponse<byte[]> post(String path) {
    return ask(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private static HttpResponse<byte[]> ask(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Has everything written down as densely as it can, and says how many bytes that takes; logs
  /// that only bridge a crash are left out.
  long weigh() throws Exception {
    List<Path> counted = new ArrayList<>();
    switch (kind) {
      case HINOMI -> {
        require(post("/api/v1/admin/tsdb/compact"));
        counted.add(data.resolve("metrics/blocks"));
      }
      case PROMETHEUS -> {
        require(post("/api/v1/admin/tsdb/snapshot"));
        counted.add(data.resolve("snapshots"));
      }
      case VICTORIA_METRICS -> {
        require(get("/internal/force_flush"));
        require(get("/internal/force_merge"));
        counted.add(data.resolve("data"));
        counted.add(data.resolve("indexdb"));
      }
    }
    settle();
    long bytes = 0;
    for (Path folder : counted) {
      try (Stream<Path> files = Files.walk(folder)) {
        bytes += files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }
    return bytes;
  }

  private static void require(HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response.statusCode() + " " + new String(response.body()));
    }
  }

  /// Waits until it has come to rest: less than a twentieth of a core for two seconds.
  void settle() throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    int calm = 0;
    double before = cpuSeconds();
    while (calm < 4 && System.nanoTime() < end) {
      Thread.sleep(500);
      double now = cpuSeconds();
      calm = now - before < 0.025 ? calm + 1 : 0;
      before = now;
    }
  }

  /// User and system time of the process so far.
  double cpuSeconds() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /// The most memory that was resident, in MiB.
  long peakMebibytes() {
    for (String line : read("status").split("\n")) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IllegalStateException("no VmHWM");
  }

  private String read(String what) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + what));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
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
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
