import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Hinomi beside VictoriaMetrics and Prometheus, on the same bytes, one after the other in turns;
/// medians of three rounds, and ratios, which a busy machine disturbs far less than times.
///
///     benchmarks/side-by-side VICTORIA-METRICS PROMETHEUS [PART…]      # parts: A B C; all unless said
///
/// * **A** 1,000 hosts × 100 series × 120 scrapes, one sample a series a request: CPU of ingest, cold
///   (first half) and warm (second half), memory, time of a request at half of the own best rate.
/// * **B** 100 × 100 × 24 h: bytes on disk, the questions of [Questions], and their answers.
/// * **C** 1,000 × 1,000 × 6: CPU of a new series, memory, time of a restart.
///
/// Ours has synced every sample before its 204; VictoriaMetrics keeps no log.
final class SideBySide {
  private static final int ROUNDS = 3;
  private static final int PORT = 19_480;

  private final Map<Contestant.Kind, Path> programs = new EnumMap<>(Contestant.Kind.class);
  private final Path scratch;

  /// Figures by name and contestant, one a round.
  private final Map<String, Map<Contestant.Kind, List<Double>>> figures = new LinkedHashMap<>();

  private SideBySide(Path victoriaMetrics, Path prometheus) throws Exception {
    programs.put(Contestant.Kind.HINOMI, Path.of(System.getProperty("hinomi.home"), "hinomi"));
    programs.put(Contestant.Kind.VICTORIA_METRICS, victoriaMetrics);
    programs.put(Contestant.Kind.PROMETHEUS, prometheus);
    scratch = Files.createTempDirectory("hinomi-side-by-side-");
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: benchmarks/side-by-side VICTORIA-METRICS PROMETHEUS [A] [B] [C]");
      System.exit(2);
    }
    SideBySide comparison = new SideBySide(Path.of(arguments[0]), Path.of(arguments[1]));
    List<String> parts =
        arguments.length > 2
            ? List.of(Arrays.copyOfRange(arguments, 2, arguments.length))
            : List.of("A", "B", "C");
    try {
      for (String part : parts) {
        switch (part) {
          case "A" -> comparison.ingest();
          case "B" -> comparison.day();
          case "C" -> comparison.newSeries();
          default -> throw new IllegalArgumentException("no part " + part);
        }
      }
    } finally {
      Contestant.delete(comparison.scratch);
    }
    comparison.print();
  }

  private Contestant start(Contestant.Kind kind, int offset) throws Exception {
    return Contestant.start(
        kind, programs.get(kind), scratch.resolve(kind.toString()), PORT + offset);
  }

  private void add(String figure, Contestant.Kind kind, double value) {
    figures
        .computeIfAbsent(figure, _ -> new EnumMap<>(Contestant.Kind.class))
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(value);
    System.err.printf("%-42s %-17s %,.3f%n", figure, kind, value);
  }

  private static Bodies.Scrapes scrapes(int count) {
    long last = System.currentTimeMillis() / Fleet.STEP * Fleet.STEP;
    return new Bodies.Scrapes(last - (count - 1) * Fleet.STEP, count);
  }

  private void ingest() throws Exception {
    Fleet fleet = new Fleet(1000, 100, 1);
    List<Bodies.Body> cold =
        Bodies.write(scratch.resolve("A1"), fleet, scrapes(240), 1, 2000).read();
    List<Bodies.Body> warm = cold.subList(cold.size() / 2, cold.size());
    cold = cold.subList(0, cold.size() / 2);
    for (int round = 0; round < ROUNDS; round++) {
      for (Contestant.Kind kind : programs.keySet()) {
        Contestant.delete(scratch.resolve(kind.toString()));
        try (Contestant server = start(kind, 0)) {
          double begin = server.cpuSeconds();
          Load.Result first = Load.send(server.port(), cold, 0);
          server.settle();
          double middle = server.cpuSeconds();
          add(
              "A ingest, cold, CPU s per M samples",
              kind,
              (middle - begin) * 1e6 / first.samples());
          List<Bodies.Body> fast = warm.subList(0, warm.size() / 2);
          Load.Result second = Load.send(server.port(), fast, 0);
          server.settle();
          double end = server.cpuSeconds();
          add("A ingest, warm, CPU s per M samples", kind, (end - middle) * 1e6 / second.samples());
          add("A samples per second", kind, second.rate());
          add("A request p99 at best rate, ms", kind, second.p99());
          List<Bodies.Body> rest = warm.subList(warm.size() / 2, warm.size());
          Load.Result half = Load.send(server.port(), rest, second.rate() / 2);
          add("A request p99 at half of own best rate, ms", kind, half.p99());
          add("A peak resident memory, MiB", kind, server.peakMebibytes());
        }
      }
    }
  }

  private void day() throws Exception {
    Bodies.Scrapes scrapes = scrapes(5760);
    List<Bodies.Body> bodies =
        Bodies.write(scratch.resolve("B"), new Fleet(100, 100, 2), scrapes, 20, 10_000).read();
    List<Questions.Question> questions = Questions.about(scrapes);
    Map<Contestant.Kind, Contestant> servers = new EnumMap<>(Contestant.Kind.class);
    try {
      for (Contestant.Kind kind : programs.keySet()) {
        Contestant.delete(scratch.resolve(kind.toString()));
        Contestant server = start(kind, kind.ordinal());
        servers.put(kind, server);
        Load.Result sent = Load.send(server.port(), bodies, 0);
        server.settle();
        add("B bytes per sample", kind, (double) server.weigh() / sent.samples());
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Contestant server : servers.values()) {
          Questions.time(server, questions)
              .forEach((name, timing) -> {
                add("B p50 ms: " + name, server.kind(), timing.p50());
                add("B CPU ms: " + name, server.kind(), timing.cpu());
              });
        }
      }
      Map<String, String> different =
          Questions.differences(
              servers.get(Contestant.Kind.HINOMI),
              servers.get(Contestant.Kind.PROMETHEUS),
              questions);
      System.out.println(
          questions.size()
              - different.size()
              + " of "
              + questions.size()
              + " answers as Prometheus'");
      different.forEach((name, what) -> System.out.println("  " + name + ": " + what));
    } finally {
      for (Contestant server : servers.values()) {
        server.close();
      }
    }
  }

  private void newSeries() throws Exception {
    Fleet fleet = new Fleet(1000, 1000, 3);
    List<Bodies.Body> bodies =
        Bodies.write(scratch.resolve("C"), fleet, scrapes(6), 1, 2000).read();
    List<Bodies.Body> first = bodies.subList(0, bodies.size() / 6);
    for (int round = 0; round < ROUNDS; round++) {
      for (Contestant.Kind kind : programs.keySet()) {
        Contestant.delete(scratch.resolve(kind.toString()));
        try (Contestant server = start(kind, 0)) {
          double begin = server.cpuSeconds();
          Load.Result created = Load.send(server.port(), first, 0);
          server.settle();
          add(
              "C CPU µs per new series",
              kind,
              (server.cpuSeconds() - begin) * 1e6 / created.samples());
          Load.Result _ = Load.send(server.port(), bodies.subList(first.size(), bodies.size()), 0);
          add("C peak resident memory, MiB", kind, server.peakMebibytes());
          server.kill();
        }
        long begin = System.nanoTime();
        try (Contestant _ = start(kind, 0)) {
          add("C restart after kill -9, s", kind, Contestant.since(begin).toMillis() / 1000.0);
        }
      }
    }
  }

  private void print() {
    System.out.printf(
        "%n%-46s %12s %12s %12s %8s %8s%n",
        "median of rounds", "Hinomi", "Victoria", "Prometheus", "to V", "to P");
    figures.forEach((name, byKind) -> {
      double ours = median(byKind.get(Contestant.Kind.HINOMI));
      double victoria = median(byKind.get(Contestant.Kind.VICTORIA_METRICS));
      double prometheus = median(byKind.get(Contestant.Kind.PROMETHEUS));
      System.out.printf(
          "%-46s %,12.3f %,12.3f %,12.3f %8.2f %8.2f%n",
          name, ours, victoria, prometheus, ours / victoria, ours / prometheus);
    });
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
