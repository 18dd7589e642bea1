import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What was measured, by measure and contestant, a figure a round; and the table of medians with
/// their ratios.
final class Figures {
  private static final String LINE = "%-48s %11s %15s %11s %7s  %-26s%s%n";

  private final Map<Measure, Map<Contestant.Kind, List<Double>>> figures = new LinkedHashMap<>();

  /// Whom our figure is divided by.
  enum Against {
    NOBODY(""),
    VICTORIA_METRICS("of VictoriaMetrics"),
    PROMETHEUS("of Prometheus"),
    BETTER("of the better");

    private final String words;

    Against(String words) {
      this.words = words;
    }
  }

  /// @param name with its unit
  /// @param most what the ratio is to be, or the figure itself against nobody; infinite where
  ///   nothing is promised
  record Measure(String name, Against against, double most) {
    /// Something that is shown and nothing more.
    static Measure of(String name) {
      return new Measure(name, Against.NOBODY, Double.POSITIVE_INFINITY);
    }

    Measure atMost(double figure) {
      return new Measure(name, Against.NOBODY, figure);
    }

    Measure atMost(double ratio, Against whom) {
      return new Measure(name, whom, ratio);
    }

    private String target() {
      return Double.isInfinite(most)
          ? ""
          : String.format(
                  Locale.ROOT,
                  "≤ %s %s",
                  DecimalFormat.getInstance(Locale.ROOT).format(most),
                  against.words)
              .strip();
    }
  }

  void add(Measure measure, Contestant.Kind kind, double figure) {
    figures
        .computeIfAbsent(measure, _ -> new EnumMap<>(Contestant.Kind.class))
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(figure);
    System.err.printf("  %-48s %-16s %s%n", measure.name(), kind.title(), number(figure));
  }

  /// The median of the rounds so far.
  OptionalDouble median(Measure measure, Contestant.Kind kind) {
    List<Double> all = figures.getOrDefault(measure, Map.of()).getOrDefault(kind, List.of());
    List<Double> sorted = all.stream().sorted().toList();
    return sorted.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted.get((sorted.size() - 1) / 2));
  }

  /// Our figure by that of whom it is held against; empty when one of both is missing.
  OptionalDouble ratio(Measure measure) {
    List<Contestant.Kind> peers =
        switch (measure.against()) {
          case NOBODY -> List.of();
          case VICTORIA_METRICS -> List.of(Contestant.Kind.VICTORIA_METRICS);
          case PROMETHEUS -> List.of(Contestant.Kind.PROMETHEUS);
          case BETTER -> List.of(Contestant.Kind.VICTORIA_METRICS, Contestant.Kind.PROMETHEUS);
        };
    OptionalDouble ours = median(measure, Contestant.Kind.HINOMI);
    OptionalDouble theirs =
        peers.stream()
            .map(peer -> median(measure, peer))
            .flatMapToDouble(OptionalDouble::stream)
            .min();
    return ours.isPresent() && theirs.isPresent()
        ? OptionalDouble.of(ours.getAsDouble() / theirs.getAsDouble())
        : OptionalDouble.empty();
  }

  /// The geometric mean of the ratios of several measures, as a figure of ours.
  void addMean(Measure mean, List<Measure> of) {
    double[] ratios =
        of.stream().map(this::ratio).flatMapToDouble(OptionalDouble::stream).toArray();
    if (ratios.length > 0) {
      double logs = 0;
      for (double ratio : ratios) {
        logs += Math.log(Math.max(ratio, 1e-9));
      }
      add(mean, Contestant.Kind.HINOMI, Math.exp(logs / ratios.length));
    }
  }

  void print() {
    System.out.println();
    System.out.printf(
        LINE,
        "median of the rounds",
        "Hinomi",
        "VictoriaMetrics",
        "Prometheus",
        "ratio",
        "to reach",
        "");
    figures.keySet().forEach(this::print);
  }

  private void print(Measure measure) {
    OptionalDouble ratio = ratio(measure);
    OptionalDouble judged =
        measure.against() == Against.NOBODY ? median(measure, Contestant.Kind.HINOMI) : ratio;
    String verdict =
        Double.isInfinite(measure.most()) || judged.isEmpty()
            ? ""
            : judged.getAsDouble() <= measure.most() ? "reached" : "MISSED";
    System.out.printf(
        LINE,
        measure.name(),
        shown(median(measure, Contestant.Kind.HINOMI)),
        shown(median(measure, Contestant.Kind.VICTORIA_METRICS)),
        shown(median(measure, Contestant.Kind.PROMETHEUS)),
        ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "",
        measure.target(),
        verdict);
  }

  private static String shown(OptionalDouble figure) {
    return figure.isPresent() ? number(figure.getAsDouble()) : "-";
  }

  /// Three digits that matter.
  static String number(double value) {
    double size = Math.abs(value);
    int digits = size >= 100 || size == 0 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
