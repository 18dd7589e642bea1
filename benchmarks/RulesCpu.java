import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What rules cost: the CPU of 2,000 rules over 200,000 series every 15 s (see [RuleFiles]), samples
/// of all of them coming in evenly, beside a Prometheus with the same rule file and the same samples,
/// and beside a VictoriaMetrics whose vmalert has it: there both count. All contestants run at once,
/// so that what the machine does besides befalls all.
///
///     benchmarks/rules-cpu [PROMETHEUS [VICTORIA-METRICS VMALERT]] [--seconds 120] [--hosts 2000] [--rules 2000]
///
/// The first minute is not counted: the JVM compiles, and the first samples make series. `--rules 0`
/// gives what the samples alone cost.
final class RulesCpu {
  private static final int PER_HOST = 100;
  private static final long STEP = 15_000;
  private static final int WARM_SECONDS = 60;

  private RulesCpu() {}

  public static void main(String[] words) throws Exception {
    Words read = Words.of(words, Set.of("--seconds", "--hosts", "--rules", "--scratch", "--port"));
    Path scratch =
        Files.createTempDirectory(
            Path.of(read.text("--scratch", System.getProperty("java.io.tmpdir"))), "hinomi-bench-");
    try {
      run(read, scratch);
    } finally {
      Contestant.delete(scratch);
    }
    System.exit(0); // servers that still stand are ended by their hooks
  }

  private static void run(Words read, Path scratch) throws Exception {
    int hosts = read.whole("--hosts", 2000);
    int seconds = read.whole("--seconds", 120);
    int rules = read.whole("--rules", 2000);
    Path config = Files.createDirectories(scratch.resolve("config/rules"));
    RuleFiles.write(
        config.resolve("rules.yml"),
        new Fleet(hosts, PER_HOST, 7),
        PER_HOST,
        rules,
        rules == 0 ? "  []\n" : "");
    Files.writeString(scratch.resolve("config/hinomi.yaml"), "{}\n");
    Files.writeString(
        scratch.resolve("prometheus.yml"),
        "global: {scrape_interval: 15s, evaluation_interval: 15s}\nrule_files: ["
            + config.resolve("rules.yml")
            + "]\n");
    Map<Contestant.Kind, Contestant> contestants = new LinkedHashMap<>();
    try {
      start(read, scratch, contestants);
      measure(new Fleet(hosts, PER_HOST, 7), contestants, seconds, scratch);
    } finally {
      for (Contestant contestant : contestants.values()) {
        contestant.close();
      }
    }
  }

  private static void start(Words read, Path scratch, Map<Contestant.Kind, Contestant> contestants)
      throws Exception {
    Path config = scratch.resolve("config");
    int port = read.whole("--port", 19_480);
    Contestant.Kind kind = Contestant.Kind.HINOMI;
    contestants.put(
        kind,
        Contestant.start(
            kind,
            Path.of(System.getProperty("hinomi.home"), "hinomi"),
            scratch.resolve("hinomi"),
            port,
            List.of("--config", config.toString())));
    List<String> peers = read.others();
    if (!peers.isEmpty()) {
      kind = Contestant.Kind.PROMETHEUS;
      contestants.put(
          kind,
          Contestant.start(kind, Path.of(peers.get(0)), scratch.resolve("prometheus"), port + 1));
    }
    if (peers.size() > 2) {
      kind = Contestant.Kind.VICTORIA_METRICS;
      contestants.put(
          kind,
          Contestant.start(kind, Path.of(peers.get(1)), scratch.resolve("victoria"), port + 2));
      String victoria = "http://127.0.0.1:" + (port + 2);
      kind = Contestant.Kind.VMALERT;
      contestants.put(
          kind,
          Contestant.start(
              kind,
              Path.of(peers.get(2)),
              scratch.resolve("vmalert"),
              port + 3,
              List.of(
                  "-rule=" + config.resolve("rules/rules.yml"),
                  "-datasource.url=" + victoria,
                  "-remoteWrite.url=" + victoria,
                  "-notifier.blackhole")));
    }
  }

  private static void measure(
      Fleet fleet, Map<Contestant.Kind, Contestant> contestants, int seconds, Path scratch)
      throws Exception {
    int count = (int) ((seconds + WARM_SECONDS + STEP / 1000 - 1) / (STEP / 1000));
    Bodies.Scrapes scrapes = new Bodies.Scrapes(System.currentTimeMillis() - STEP / 2, STEP, count);
    List<Bodies.Body> bodies =
        Bodies.of(scratch.resolve("bodies"), fleet, scrapes, new Bodies.Shape(1, 2000));
    double rate = fleet.size() / (STEP / 1000.0);
    List<Thread> loads = new ArrayList<>();
    for (Contestant contestant : contestants.values()) {
      if (contestant.kind() == Contestant.Kind.VMALERT) {
        continue; // it asks for its samples
      }
      loads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Load.Result _ = Load.send(contestant.port(), bodies, rate);
                } catch (Exception e) {
                  System.err.println(contestant.kind().title() + ": " + e);
                }
              }));
    }
    Thread.sleep(WARM_SECONDS * 1000L);
    Map<Contestant.Kind, Double> before = new LinkedHashMap<>();
    contestants.forEach((kind, contestant) -> before.put(kind, contestant.cpuSeconds()));
    long begin = System.nanoTime();
    for (Thread load : loads) {
      load.join();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf("%-12s %12s %18s %10s%n", "", "CPU seconds", "share of one core", "peak MiB");
    contestants.forEach((kind, contestant) -> {
      double cpu = contestant.cpuSeconds() - before.get(kind);
      System.out.printf(
          Locale.ROOT,
          "%-12s %12.2f %17.1f%% %10d%n",
          kind.title(),
          cpu,
          100 * cpu / took,
          contestant.peakMebibytes());
    });
    System.out.println(evaluations(contestants.get(Contestant.Kind.HINOMI)));
  }

  /// That rules were evaluated at all, in the words of our own metrics.
  private static String evaluations(Contestant ours) throws IOException {
    return new String(ours.get("/metrics"), java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("hinomi_alertengine_evaluation"))
        .reduce("", (a, b) -> a + b + "\n");
  }
}
