import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Kills the product in the middle of ingest, or cuts the power of its disk, again and again, and
/// holds it to its word: every sample and line that was acknowledged with a 2xx must be there after
/// the next start.
///
///     benchmarks/crash-loop [CYCLES]                     # SIGKILL; 20 cycles unless said otherwise
///     benchmarks/power-loss [CYCLES] [--without-fsync]   # Linux, root: ext4 in a file ([LoopDisk])
///
/// Prints a line a cycle and exits 1 if anything acknowledged is missing or a start took over 5 s.
/// `--without-fsync` proves the exam itself: syncs do nothing then, so it has to fail.
final class CrashLoop {
  private static final int WRITERS = 4;
  private static final int BATCH = 50;
  private static final Duration START_LIMIT = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home = Path.of(System.getProperty("hinomi.home"));
  private final Path directory;
  private final Random random = new Random(1);

  /// Acknowledged samples: timestamp → value, by `writer/series`. The value is the sequence number.
  private final Map<String, Map<Long, Double>> samples = new ConcurrentHashMap<>();

  /// The newest time that each writer has used.
  private final Map<Integer, Long> tops = new ConcurrentHashMap<>();

  /// Acknowledged lines, each with a word of its own.
  private final Set<String> lines = ConcurrentHashMap.newKeySet();

  private final AtomicLong sequence = new AtomicLong();
  private boolean good = true;

  /// How the product is struck, and what has to be done before it can start again.
  private interface Strike {
    void hit(Process process) throws Exception;
  }

  private final Strike strike;
  private final Path data;
  private final Map<String, String> environment = new HashMap<>();

  CrashLoop(Path directory, Path data, Strike strike) {
    this.directory = directory;
    this.data = data;
    this.strike = strike;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean power = words.remove("--power");
    boolean withoutFsync = words.remove("--without-fsync");
    int cycles = words.isEmpty() ? 20 : Integer.parseInt(words.getFirst());
    Path directory = Files.createTempDirectory("hinomi-crash-");
    CrashLoop loop = power ? withPower(directory) : withKill(directory);
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
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int id = writer;
        writers.add(Thread.ofVirtual().start(() -> write(id, server.web())));
      }
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
      if (!process.isAlive() || System.nanoTime() - begin > 60_000_000_000L) {
        throw new IllegalStateException("no start; see " + directory.resolve("log"));
      }
      Thread.sleep(10);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Server(process, JSON.readTree(ready.toFile()).path("web").asText(), took);
  }

  /// Writes samples and lines in turn until the server is gone.
  private void write(int writer, String web) {
    try {
      while (true) {
        List<Sample> batch = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        List<String> words = new ArrayList<>();
        // What was sent and not acknowledged may be there: no time is used for two values.
        long now = Math.max(System.currentTimeMillis(), tops.getOrDefault(writer, 0L) + 1);
        tops.put(writer, now);
        for (int i = 0; i < BATCH; i++) {
          long number = sequence.incrementAndGet();
          batch.add(new Sample(labels(writer, i), now, number));
          String word = "w" + writer + "n" + number;
          words.add(word);
          values
              .append(values.isEmpty() ? "" : ",")
              .append("[\"" + now + "000000\",\"注文 " + word + " accepted\"]");
        }
        if (post(web + "/api/v1/write", "application/x-protobuf", RemoteWrite.encode(batch))) {
          for (int i = 0; i < BATCH; i++) {
            samples
                .computeIfAbsent(writer + "/" + i, _ -> new ConcurrentHashMap<>())
                .put(now, batch.get(i).value());
          }
        }
        String push =
            "{\"streams\":[{\"stream\":{\"job\":\"crash\",\"writer\":\""
                + writer
                + "\"},\"values\":["
                + values
                + "]}]}";
        if (post(
            web + "/loki/api/v1/push", "application/json", push.getBytes(StandardCharsets.UTF_8))) {
          lines.addAll(words);
        }
      }
    } catch (IOException e) {
      // The server was killed: what was not acknowledged is not owed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Labels labels(int writer, int series) {
    return Labels.of(
        Labels.NAME,
        "crash_loop",
        "writer",
        Integer.toString(writer),
        "series",
        Integer.toString(series));
  }

  private boolean post(String url, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (type.contains("protobuf")) {
      request.header("Content-Encoding", "snappy");
    }
    int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      System.out.println("  answered " + status + " to " + url);
    }
    return status / 100 == 2;
  }

  private void check(int cycle, Server server) throws Exception {
    long missingSamples = 0;
    long heldSamples = 0;
    Map<String, Map<Long, Double>> stored = samples.isEmpty() ? Map.of() : stored(server.web());
    for (Map.Entry<String, Map<Long, Double>> each : samples.entrySet()) {
      Map<Long, Double> found = stored.getOrDefault(each.getKey(), Map.of());
      for (Map.Entry<Long, Double> sample : each.getValue().entrySet()) {
        heldSamples++;
        if (!sample.getValue().equals(found.get(sample.getKey()))) {
          missingSamples++;
        }
      }
    }
    Set<String> foundLines = lines.isEmpty() ? Set.of() : logLines(server.web());
    long missingLines = lines.stream().filter(word -> !foundLines.contains(word)).count();
    boolean slow = server.start().compareTo(START_LIMIT) > 0;
    good &= missingSamples == 0 && missingLines == 0 && !slow;
    System.out.printf(
        "start %2d took %4d ms%s; acknowledged so far: %d samples (%d missing), %d lines (%d"
            + " missing)%n",
        cycle,
        server.start().toMillis(),
        slow ? " TOO SLOW" : "",
        heldSamples,
        missingSamples,
        lines.size(),
        missingLines);
  }

  private Map<String, Map<Long, Double>> stored(String web) throws Exception {
    Map<String, Map<Long, Double>> stored = new HashMap<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      JsonNode answer =
          get(
              web
                  + "/api/v1/query?time="
                  + (System.currentTimeMillis() / 1000 + 60)
                  + "&query="
                  + encoded("crash_loop{writer=\"" + writer + "\"}[1d]"));
      for (JsonNode series : answer.path("data").path("result")) {
        Map<Long, Double> found = new HashMap<>();
        for (JsonNode pair : series.path("values")) {
          found.put(
              Math.round(pair.get(0).asDouble() * 1000), Double.parseDouble(pair.get(1).asText()));
        }
        stored.put(writer + "/" + series.path("metric").path("series").asText(), found);
      }
    }
    return stored;
  }

  /// Pages through all lines, oldest first.
  private Set<String> logLines(String web) throws Exception {
    Set<String> found = new HashSet<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      long from = (System.currentTimeMillis() - 86_400_000L) * 1_000_000L;
      while (true) {
        JsonNode answer =
            get(
                web
                    + "/loki/api/v1/query_range?direction=forward&limit=5000&start="
                    + from
                    + "&end="
                    + (System.currentTimeMillis() + 600_000L) * 1_000_000L
                    + "&query="
                    + encoded("{job=\"crash\",writer=\"" + writer + "\"} |= \"accepted\""));
        int before = found.size();
        long newest = from;
        for (JsonNode stream : answer.path("data").path("result")) {
          for (JsonNode pair : stream.path("values")) {
            newest = Math.max(newest, Long.parseLong(pair.get(0).asText()));
            found.add(pair.get(1).asText().split(" ")[1]);
          }
        }
        if (found.size() == before) {
          break;
        }
        from = newest; // lines of the same instant may continue on the next page
      }
    }
    return found;
  }

  private JsonNode get(String url) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
