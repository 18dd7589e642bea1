import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/// Part R: 1,000 hosts × 1,000 series × 120 samples, which is 2 h at one a minute, all of it in
/// memory; SIGKILL right behind the last acknowledgment. How long until the API answers again, and
/// is everything there?
final class RestartPart {
  private static final int SCRAPES = 120;

  private static final Figures.Measure RESTART =
      Figures.Measure.of("R kill -9 to the first answer, s")
          .atMost(0.33, Figures.Against.PROMETHEUS);
  private static final Figures.Measure SECONDS =
      Figures.Measure.of("R   the same against the clock, s").atMost(10);
  private static final Figures.Measure LOADING =
      Figures.Measure.of("R CPU s per M samples, 20 of a series at once");
  private static final Figures.Measure MISSING =
      Figures.Measure.of("R samples acknowledged and missing").atMost(0);

  private final Bench bench;
  private final Figures figures;

  RestartPart(Bench bench, Figures figures) {
    this.bench = bench;
    this.figures = figures;
  }

  void run() throws Exception {
    Bodies.Scrapes scrapes = Bodies.Scrapes.inMemory(SCRAPES);
    List<Bodies.Body> all =
        Bodies.of(
            bench.file("R"),
            new Fleet(bench.hosts(1000, 10), 1000, 4),
            scrapes,
            new Bodies.Shape(20, 10_000));
    for (int round = 0; round < bench.rounds(); round++) {
      for (Contestant.Kind kind : bench.kinds()) {
        try (Contestant server = bench.fresh(kind)) {
          double begin = server.cpuSeconds();
          Load.Result sent = Load.send(server.port(), all);
          figures.add(LOADING, kind, (server.cpuSeconds() - begin) * 1e6 / sent.samples());
          server.kill();
        }
        long begin = System.nanoTime();
        try (Contestant server = bench.again(kind)) {
          double seconds = (System.nanoTime() - begin) / 1e9;
          figures.add(RESTART, kind, seconds);
          if (kind == Contestant.Kind.HINOMI) {
            figures.add(SECONDS, kind, seconds);
          }
          figures.add(MISSING, kind, (double) Bodies.samples(all) - held(server, scrapes));
        }
        bench.forget(kind);
      }
    }
  }

  /// Asked metric by metric, for all series at once are more than one query may touch.
  private static double held(Contestant server, Bodies.Scrapes scrapes) {
    double held = 0;
    for (JsonNode name : server.json("/api/v1/label/__name__/values")) {
      String query =
          "sum(count_over_time("
              + name.asText()
              + "{instance=~\"host-[0-9]+:9100\"}["
              + SCRAPES * scrapes.step() / 1000
              + "s]))";
      String path =
          "/api/v1/query?nocache=1&query="
              + Questions.encoded(query)
              + String.format(Locale.ROOT, "&time=%.3f", scrapes.last() / 1000.0);
      for (JsonNode series : server.json(path).path("result")) {
        held += series.path("value").path(1).asDouble();
      }
    }
    return held;
  }
}
