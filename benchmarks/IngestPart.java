import java.util.List;

/// Part A: 1,000 hosts × 100 series, one sample of a series in a request, as agents and Prometheus
/// send. Three times 12 M samples: to the server as it has just started, again, and at a pace.
final class IngestPart {
  private static final int SCRAPES = 120;

  private static final Figures.Measure COLD =
      Figures.Measure.of("A cold ingest, CPU s per M samples")
          .atMost(0.7, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure WARM =
      Figures.Measure.of("A warm ingest, CPU s per M samples")
          .atMost(0.35, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure SENDING =
      Figures.Measure.of("A   of it before writing down");
  private static final Figures.Measure RATE = Figures.Measure.of("A best rate, k samples/s");
  private static final Figures.Measure BEST_P50 =
      Figures.Measure.of("A request p50 at the best rate, ms");
  private static final Figures.Measure BEST_P99 =
      Figures.Measure.of("A request p99 at the best rate, ms").atMost(15);
  private static final Figures.Measure HALF_P50 =
      Figures.Measure.of("A request p50 at half of our best rate, ms");
  private static final Figures.Measure HALF_P99 =
      Figures.Measure.of("A request p99 at half of our best rate, ms")
          .atMost(0.5, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure MEMORY =
      Figures.Measure.of("A peak resident memory, MiB").atMost(1, Figures.Against.PROMETHEUS);

  private final Bench bench;
  private final Figures figures;

  IngestPart(Bench bench, Figures figures) {
    this.bench = bench;
    this.figures = figures;
  }

  void run() throws Exception {
    Fleet fleet = new Fleet(bench.hosts(1000, 40), 100, 1);
    List<Bodies.Body> all =
        Bodies.of(
            bench.file("A"),
            fleet,
            Bodies.Scrapes.inMemory(3 * SCRAPES),
            new Bodies.Shape(1, 2000));
    for (int round = 0; round < bench.rounds(); round++) {
      double pace = 0;
      for (Contestant.Kind kind : bench.kinds()) {
        try (Contestant server = bench.fresh(kind)) {
          pace = run(server, all, pace);
        }
        bench.forget(kind);
      }
    }
  }

  /// Ours comes first, and its best rate says at what pace all are asked later.
  private double run(Contestant server, List<Bodies.Body> all, double pace) throws Exception {
    Contestant.Kind kind = server.kind();
    int third = all.size() / 3;
    double begin = server.cpuSeconds();
    Load.Result cold = Load.send(server.port(), all.subList(0, third));
    server.settle();
    double middle = server.cpuSeconds();
    Load.Result warm = Load.send(server.port(), all.subList(third, 2 * third));
    server.settle();
    double sent = server.cpuSeconds();
    double ownPace = kind == Contestant.Kind.HINOMI ? warm.rate() / 2 : pace;
    boolean keepsPace = ownPace < 0.9 * warm.rate();
    List<Bodies.Body> last = all.subList(2 * third, all.size());
    Load.Result paced = Load.send(server.port(), last, keepsPace ? ownPace : 0);
    server.settle();
    double before = server.cpuSeconds();
    long memory = server.peakMebibytes();
    server.writeDown();
    double writing = (server.cpuSeconds() - before) / Bodies.samples(all);
    figures.add(COLD, kind, ((middle - begin) / cold.samples() + writing) * 1e6);
    figures.add(WARM, kind, ((sent - middle) / warm.samples() + writing) * 1e6);
    figures.add(SENDING, kind, (sent - middle) / warm.samples() * 1e6);
    figures.add(RATE, kind, warm.rate() / 1000);
    figures.add(BEST_P50, kind, warm.millis(0.5));
    figures.add(BEST_P99, kind, warm.millis(0.99));
    if (keepsPace) {
      figures.add(HALF_P50, kind, paced.millis(0.5));
      figures.add(HALF_P99, kind, paced.millis(0.99));
    }
    figures.add(MEMORY, kind, memory);
    return ownPace;
  }
}
