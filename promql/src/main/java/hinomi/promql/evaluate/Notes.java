package hinomi.promql.evaluate;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Quoting;
import hinomi.promql.parse.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What there is to say about an answer, each thing once, in Prometheus' words (util/annotations).
/// One thread.
public final class Notes {
  /// More of one kind are not listed.
  private static final int MOST = 10;

  private final String expression;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();
  private final Map<String, Unsteady> unsteady = new LinkedHashMap<>();

  /// @param expression whose places the notes name
  public Notes(String expression) {
    this.expression = expression;
  }

  /// Empty ones about the same expression.
  Notes fork() {
    return new Notes(expression);
  }

  void addAll(Notes other) {
    warnings.addAll(other.warnings);
    infos.addAll(other.infos);
    other.unsteady.forEach((key, found) -> unsteady.merge(key, found, Unsteady::and));
  }

  public List<String> warnings() {
    return limited(warnings, "warning");
  }

  public List<String> infos() {
    Set<String> all = new LinkedHashSet<>(infos);
    unsteady.forEach((place, each) -> all.add(each.text(place)));
    return limited(all, "info");
  }

  private static List<String> limited(Set<String> all, String kind) {
    if (all.size() <= MOST) {
      return List.copyOf(all);
    }
    List<String> kept = new ArrayList<>(all.stream().limit(MOST).toList());
    kept.add((all.size() - MOST) + " more " + kind + " annotations omitted");
    return kept;
  }

  void badQuantile(double q, Span span) {
    warn("quantile value should be between 0 and 1, got " + Numbers.general(q), span);
  }

  void badRatio(double ratio, double instead, Span span) {
    warn(
        "ratio value should be between -1 and 1, got "
            + Numbers.general(ratio)
            + ", capping to "
            + Numbers.general(instead),
        span);
  }

  void badBucket(String metric, String bound, Span span) {
    warn(
        "bucket label \"le\" is missing or has a malformed value of "
            + Quoting.quote(bound)
            + (metric.isEmpty() ? "" : " for metric name " + Quoting.quote(metric)),
        span);
  }

  void sortOverRange(Span span) {
    warn("sort is ineffective for range queries since results are always ordered by labels", span);
  }

  /// Samples of the time asked for are gone, and what is left of them was used. Not in Prometheus.
  void rolledUp(Span span) {
    info("samples of that time are rolled up: the answer is made of one sample a bucket", span);
  }

  void perhapsNoCounter(String metric, Span span) {
    info(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
            + Quoting.quote(metric),
        span);
  }

  void startsOverlap(String metric, Span span) {
    warn(
        "sample has start time that overlaps with previous sample timestamp for metric "
            + Quoting.quote(metric),
        span);
  }

  /// A function that looks at numbers alone met histograms among them.
  void histogramsIgnoredInMixedRange(String metric, Span span) {
    info(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + Quoting.quote(metric),
        span);
  }

  /// An aggregation that looks at numbers alone met histograms.
  void histogramsIgnored(Aggregation operator, Span span) {
    info("ignored histogram in " + operator.word() + " aggregation", span);
  }

  /// Operands that no result comes of.
  void incompatible(String left, Operator operator, String right, Span span) {
    info(
        "incompatible sample types encountered for binary operator "
            + Quoting.quote(operator.sign())
            + ": "
            + left
            + " "
            + operator.sign()
            + " "
            + right,
        span);
  }

  /// Buckets of a histogram that fell where they must rise.
  void unsteadyBuckets(String metric, Span span, Unsteady found) {
    String key =
        (metric.isEmpty() ? "" : " for metric name " + Quoting.quote(metric)) + "\n" + place(span);
    unsteady.merge(key, found, Unsteady::and);
  }

  void warn(String text, Span span) {
    warnings.add("PromQL warning: " + text + " (" + place(span) + ")");
  }

  void info(String text, Span span) {
    infos.add("PromQL info: " + text + " (" + place(span) + ")");
  }

  private String place(Span span) {
    return Span.place(expression, span.start());
  }

  /// Where, when and by how much buckets were raised.
  record Unsteady(
      double lowest, double highest, double difference, int samples, long first, long last) {
    Unsteady and(Unsteady other) {
      return new Unsteady(
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          Math.max(difference, other.difference),
          samples + other.samples,
          Math.min(first, other.first),
          Math.max(last, other.last));
    }

    String text(String key) {
      String[] metricAndPlace = key.split("\n", 2);
      return "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see"
          + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
          + metricAndPlace[0]
          + ", from buckets "
          + Numbers.general(lowest)
          + " to "
          + Numbers.general(highest)
          + ", with a max diff of "
          + Numbers.general(new BigDecimal(difference).round(new MathContext(2)).doubleValue())
          + ", over "
          + samples
          + " samples from "
          + Instant.ofEpochSecond(Math.floorDiv(first, 1000))
          + " to "
          + Instant.ofEpochSecond(Math.floorDiv(last, 1000))
          + " ("
          + metricAndPlace[1]
          + ")";
    }
  }
}
