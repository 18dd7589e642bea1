import java.io.IOException;
import java.util.List;

/// Hinomi beside VictoriaMetrics and Prometheus: the same bytes to all, in turns on one machine;
/// medians of the rounds, and ratios, which a busy machine disturbs far less than times.
///
///     benchmarks/side-by-side VICTORIA-METRICS PROMETHEUS [A] [B] [C] [R] [--rounds 3] [--size 1]
///         [--scratch DIR] [--port 19480]
///
/// Parts: [IngestPart], [DayPart], [SeriesPart], [RestartPart]; all unless said. `README.md` says
/// what each figure counts. Ours has synced every sample before its 204; VictoriaMetrics keeps no
/// log.
final class SideBySide {
  private static final List<String> PARTS = List.of("A", "B", "C", "R");

  private SideBySide() {}

  public static void main(String[] words) throws Exception {
    Figures figures = new Figures();
    try (Bench bench = bench(words)) {
      for (String part : bench.parts()) {
        System.err.println("part " + part);
        switch (part) {
          case "A" -> new IngestPart(bench, figures).run();
          case "B" -> new DayPart(bench, figures).run();
          case "C" -> new SeriesPart(bench, figures).run();
          case "R" -> new RestartPart(bench, figures).run();
          default -> throw new IllegalStateException("BUG: no part " + part);
        }
      }
    } finally {
      figures.print();
    }
  }

  private static Bench bench(String[] words) throws IOException {
    try {
      return Bench.of(words, PARTS);
    } catch (IllegalArgumentException e) {
      System.err.println(
          "side-by-side: "
              + e.getMessage()
              + "\nusage: benchmarks/side-by-side VICTORIA-METRICS PROMETHEUS [A] [B] [C] [R]"
              + " [--rounds 3] [--size 1] [--scratch DIR] [--port 19480]   (- leaves a peer out)");
      System.exit(2);
      throw e;
    }
  }
}
