package hinomi.promql.reference;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/// Functions of one window.
final class Spans {
  private Spans() {}

  /// @param samples at least one
  /// @param parameter of functions that have one
  static Optional<Double> of(
      String function,
      NavigableMap<Long, Double> samples,
      Reference.Span span,
      long now,
      double parameter) {
    List<Double> values = List.copyOf(samples.values());
    int n = values.size();
    return switch (function) {
      case "rate", "increase", "delta" -> slope(function, samples, span);
      case "irate", "idelta" ->
          n < 2 ? Optional.empty() : Optional.of(last(function.equals("irate"), samples));
      case "resets" -> Optional.of((double) count(values, true));
      case "changes" -> Optional.of((double) count(values, false));
      case "sum_over_time" -> Optional.of(sum(values));
      case "avg_over_time" -> Optional.of(sum(values) / n);
      case "count_over_time" -> Optional.of((double) n);
      case "present_over_time" -> Optional.of(1.0);
      case "last_over_time" -> Optional.of(values.getLast());
      case "first_over_time" -> Optional.of(values.getFirst());
      case "min_over_time" -> Optional.of(quantile(0, values));
      case "max_over_time" -> Optional.of(quantile(1, values));
      case "quantile_over_time" -> Optional.of(quantile(parameter, values));
      case "stdvar_over_time" -> Optional.of(variance(values));
      case "stddev_over_time" -> Optional.of(Math.sqrt(variance(values)));
      case "deriv" -> n < 2 ? Optional.empty() : Optional.of(line(samples, now)[0]);
      case "predict_linear" -> {
        if (n < 2) {
          yield Optional.empty();
        }
        double[] line = line(samples, now);
        yield Optional.of(line[0] * parameter + line[1]);
      }
      default -> throw new IllegalArgumentException(function);
    };
  }

  static double sum(Iterable<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  static double variance(List<Double> values) {
    double mean = sum(values) / values.size();
    return sum(values.stream().map(value -> (value - mean) * (value - mean)).toList())
        / values.size();
  }

  static double quantile(double q, List<Double> values) {
    if (q < 0 || q > 1 || Double.isNaN(q)) {
      return Double.isNaN(q) ? q : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    // NaN is smaller than anything.
    List<Double> sorted =
        values.stream()
            .sorted((a, b) ->
                Double.isNaN(a) || Double.isNaN(b)
                    ? Boolean.compare(!Double.isNaN(a), !Double.isNaN(b))
                    : Double.compare(a, b))
            .toList();
    double rank = q * (sorted.size() - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(sorted.size() - 1, below + 1);
    double weight = rank - below;
    return sorted.get(below) * (1 - weight) + sorted.get(above) * weight;
  }

  private static int count(List<Double> values, boolean resets) {
    int count = 0;
    for (int i = 1; i < values.size(); i++) {
      double before = values.get(i - 1);
      double after = values.get(i);
      boolean same = before == after || (Double.isNaN(before) && Double.isNaN(after));
      count += (resets ? after < before : !same) ? 1 : 0;
    }
    return count;
  }

  private static double last(boolean rate, NavigableMap<Long, Double> samples) {
    long time = samples.lastKey();
    long before = samples.lowerKey(time);
    double newest = samples.lastEntry().getValue();
    double change = newest - samples.lowerEntry(time).getValue();
    if (!rate) {
      return change;
    }
    return (change < 0 ? newest : change) / ((time - before) / 1000.0);
  }

  private static Optional<Double> slope(
      String function, NavigableMap<Long, Double> samples, Reference.Span span) {
    if (samples.size() < 2) {
      return Optional.empty();
    }
    boolean counter = !function.equals("delta");
    double first = samples.firstEntry().getValue();
    double change = 0;
    double previous = first;
    for (double value : samples.values()) {
      change += counter && value < previous ? value : value - previous;
      previous = value;
    }
    double covered = (samples.lastKey() - samples.firstKey()) / 1000.0;
    double between = covered / (samples.size() - 1);
    double before = (samples.firstKey() - span.from()) / 1000.0;
    double after = (span.to() - samples.lastKey()) / 1000.0;
    before = before >= between * 1.1 ? between / 2 : before;
    after = after >= between * 1.1 ? between / 2 : after;
    if (counter && change > 0 && first >= 0) {
      before = Math.min(before, covered * (first / change));
    }
    double all = change * (before + covered + after) / covered;
    return Optional.of(function.equals("rate") ? all / ((span.to() - span.from()) / 1000.0) : all);
  }

  /// Slope per second, and the line's value at a time.
  private static double[] line(NavigableMap<Long, Double> samples, long at) {
    double n = samples.size();
    double meanTime = samples.keySet().stream().mapToDouble(t -> (t - at) / 1000.0).sum() / n;
    double meanValue = sum(samples.values()) / n;
    double covariance = 0;
    double variance = 0;
    for (var sample : samples.entrySet()) {
      double time = (sample.getKey() - at) / 1000.0 - meanTime;
      covariance += time * (sample.getValue() - meanValue);
      variance += time * time;
    }
    double slope = covariance / variance;
    return new double[] {slope, meanValue - slope * meanTime};
  }
}
