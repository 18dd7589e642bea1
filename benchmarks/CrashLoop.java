import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Kills the product in the middle of ingest, or cuts the power of its disk, again and again, and
/// holds it to its word: every sample and line that was acknowledged with a 2xx must be there after
/// the next start.
///
///     benchmarks/crash-loop [CYCLES] [--start-limit 5]   # SIGKILL; 20 cycles unless said otherwise
///     benchmarks/power-loss [CYCLES] [--without-fsync]   # Linux, root: ext4 in a file ([LoopDisk])
///
/// Prints a line a cycle and, in the end, how long acknowledgments took (of a server that has just
/// started, again and again). Exits 1 if anything acknowledged is missing or a start took longer than
/// the limit, in seconds.
/// `--without-fsync` proves the exam itself: syncs do nothing then, so it has to fail.
final class CrashLoop {
  private static final int WRITERS = Acknowledged.WRITERS;
  private static final long LONGEST_WAIT_NANOS = 60_000_000_000L;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Acknowledged acknowledged = new Acknowledged();
  private final Path home = Path.of(System.getProperty("hinomi.home"));
  private final Path directory;
  private final Random random = new Random(1);

  private boolean good = true;

  /// How the product is struck, and what has to be done before it can start again.
  private interface Strike {
    void hit(Process process) throws Exception;
  }

  private final Strike strike;
  private final Path data;
  private Duration startLimit = Duration.ofSeconds(5);
  private final Map<String, String> environment = new HashMap<>();

  CrashLoop(Path directory, Path data, Strike strike) {
    this.directory = directory;
    this.data = data;
    this.strike = strike;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> flags = new ArrayList<>(List.of(arguments));
    boolean power = flags.remove("--power");
    boolean withoutFsync = flags.remove("--without-fsync");
    Words words = Words.of(flags.toArray(String[]::new), Set.of("--start-limit"));
    int cycles = words.others().isEmpty() ? 20 : Integer.parseInt(words.others().getFirst());
    Path directory = Files.createTempDirectory("hinomi-crash-");
    CrashLoop loop = power ? withPower(directory) : withKill(directory);
    loop.startLimit = Duration.ofSeconds(words.whole("--start-limit", 5));
    if (withoutFsync) {
      loop.environment.put("LD_PRELOAD", forgetfulLibrary(directory).toString());
    }
    loop.run(cycles);
    System.exit(loop.good ? 0 : 1);
  }

  private static CrashLoop withKill(Path directory) {
    return new CrashLoop(
        directory,
        directory.resolve("data"),
        process -> {
          process.destroyForcibly(); // SIGKILL
          process.waitFor();
        });
  }

  private static CrashLoop withPower(Path directory) throws Exception {
    LoopDisk disk = LoopDisk.create(directory, "2G");
    Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
    return new CrashLoop(
        directory,
        disk.folder().resolve("data"),
        process -> {
          disk.cutPower();
          process.destroyForcibly();
          process.waitFor();
          disk.powerUp();
        });
  }

  /// A library under which every sync says that it has been done.
  private static Path forgetfulLibrary(Path directory) throws Exception {
    Path source = directory.resolve("forgetful.c");
    Path library = directory.resolve("forgetful.so");
    Files.writeString(
        source,
        """
        int fsync(int fd) { (void) fd; return 0; }
        int fdatasync(int fd) { (void) fd; return 0; }
        int msync(void *a, unsigned long n, int f) { (void) a; (void) n; (void) f; return 0; }
        """);
    LoopDisk.run("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    return library;
  }

  private void run(int cycles) throws Exception {
    System.out.println("data in " + data);
    for (int cycle = 1; cycle <= cycles; cycle++) {
      Server server = start();
      check(cycle, server);
      long before = acknowledged.requests();
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int id = writer;
        writers.add(Thread.ofVirtual().start(() -> acknowledged.write(id, server.web())));
      }
      awaitAcknowledgment(before);
      Thread.sleep(500 + random.nextInt(2_500));
      strike.hit(server.process());
      for (Thread writer : writers) {
        writer.join();
      }
    }
    Server last = start();
    check(cycles + 1, last);
    last.process().destroy();
    boolean stopped = last.process().waitFor(10, TimeUnit.SECONDS);
    System.out.println(stopped ? "clean stop" : "did not stop within 10 s");
    good &= stopped;
    acknowledged.print();
    System.out.println(good ? "nothing acknowledged was lost" : "FAILED");
  }

  private record Server(Process process, String web, Duration start) {}

  private Server start() throws Exception {
    Path ready = directory.resolve("ready.json");
    Files.deleteIfExists(ready);
    long begin = System.nanoTime();
    ProcessBuilder command =
        new ProcessBuilder(
                home.resolve("hinomi").toString(),
                "run",
                "--data",
                data.toString(),
                "--ready-file",
                ready.toString(),
                "--set",
                "web.port=0",
                "--set",
                "status.port=0",
                "--set",
                "otlp.http.port=0")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
    command.environment().putAll(environment);
    Process process = command.start();
    while (!Files.exists(ready)) {
      if (!process.isAlive() || System.nanoTime() - begin > LONGEST_WAIT_NANOS) {
        throw new IllegalStateException("no start; see " + directory.resolve("log"));
      }
      Thread.sleep(10);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Server(process, JSON.readTree(ready.toFile()).path("web").asText(), took);
  }

  private void check(int cycle, Server server) throws Exception {
    Acknowledged.Loss loss = acknowledged.check(server.web());
    boolean slow = server.start().compareTo(startLimit) > 0;
    good &= loss.samples() == 0 && loss.lines() == 0 && !slow;
    System.out.printf(
        "start %2d took %4d ms%s; acknowledged so far: %d samples (%d missing), %d lines (%d"
            + " missing)%n",
        cycle,
        server.start().toMillis(),
        slow ? " TOO SLOW" : "",
        loss.ofSamples(),
        loss.samples(),
        loss.ofLines(),
        loss.lines());
  }

  /// A strike before anything was acknowledged proves nothing.
  private void awaitAcknowledgment(long before) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    while (acknowledged.requests() == before && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }
}
