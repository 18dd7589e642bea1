import java.util.List;

/// Part C: 1,000 hosts × 1,000 series × 6 scrapes: what a series costs that nobody knew before.
final class SeriesPart {
  private static final int SCRAPES = 6;

  private static final Figures.Measure COLD =
      Figures.Measure.of("C CPU µs per new series, of all")
          .atMost(0.35, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure WARM =
      Figures.Measure.of("C CPU µs per new series, of the second half")
          .atMost(0.35, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure KNOWN =
      Figures.Measure.of("C CPU µs per sample of a known one");
  private static final Figures.Measure MEMORY =
      Figures.Measure.of("C peak resident memory, MiB").atMost(1, Figures.Against.VICTORIA_METRICS);

  private final Bench bench;
  private final Figures figures;

  SeriesPart(Bench bench, Figures figures) {
    this.bench = bench;
    this.figures = figures;
  }

  void run() throws Exception {
    List<Bodies.Body> all =
        Bodies.of(
            bench.file("C"),
            new Fleet(bench.hosts(1000, 10), 1000, 3),
            Bodies.Scrapes.untilNow(15_000, SCRAPES),
            new Bodies.Shape(1, 2000));
    for (int round = 0; round < bench.rounds(); round++) {
      for (Contestant.Kind kind : bench.kinds()) {
        try (Contestant server = bench.fresh(kind)) {
          run(server, all);
        }
        bench.forget(kind);
      }
    }
  }

  private void run(Contestant server, List<Bodies.Body> all) throws Exception {
    int series = all.size() / SCRAPES;
    double first = cost(server, all.subList(0, series / 2));
    double second = cost(server, all.subList(series / 2, series));
    double known = cost(server, all.subList(series, all.size()));
    figures.add(COLD, server.kind(), (first + second) / 2 - known);
    figures.add(WARM, server.kind(), second - known);
    figures.add(KNOWN, server.kind(), known);
    figures.add(MEMORY, server.kind(), server.peakMebibytes());
  }

  /// CPU µs per sample, with what comes after it.
  private static double cost(Contestant server, List<Bodies.Body> bodies) throws Exception {
    double begin = server.cpuSeconds();
    Load.Result sent = Load.send(server.port(), bodies);
    server.settle();
    return (server.cpuSeconds() - begin) * 1e6 / sent.samples();
  }
}
