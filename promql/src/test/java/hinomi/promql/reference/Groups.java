package hinomi.promql.reference;

import hinomi.model.Labels;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One aggregation at one time.
final class Groups {
  private final Reference reference;
  private final Expr.Aggregate aggregate;
  private final long now;

  Groups(Reference reference, Expr.Aggregate aggregate, long now) {
    this.reference = reference;
    this.aggregate = aggregate;
    this.now = now;
  }

  Map<Labels, Double> result() {
    Map<Labels, Map<Labels, Double>> groups = new LinkedHashMap<>();
    reference
        .vector(aggregate.inner(), now)
        .forEach((labels, value) ->
            groups.computeIfAbsent(group(labels), _ -> new LinkedHashMap<>()).put(labels, value));
    Map<Labels, Double> result = new LinkedHashMap<>();
    groups.forEach((group, members) -> {
      if (aggregate.operator() == Aggregation.TOPK || aggregate.operator() == Aggregation.BOTTOMK) {
        result.putAll(picked(members));
      } else {
        result.put(group, folded(new ArrayList<>(members.values())));
      }
    });
    return result;
  }

  private Labels group(Labels labels) {
    return aggregate.without()
        ? labels.without(aggregate.grouping()).without(Labels.NAME)
        : labels.only(aggregate.grouping());
  }

  private Map<Labels, Double> picked(Map<Labels, Double> members) {
    long k = (long) reference.scalar(aggregate.parameter(), now);
    Comparator<Map.Entry<Labels, Double>> rising = Map.Entry.comparingByValue();
    Map<Labels, Double> picked = new LinkedHashMap<>();
    members.entrySet().stream()
        .sorted(aggregate.operator() == Aggregation.TOPK ? rising.reversed() : rising)
        .limit(Math.max(0, k))
        .forEach(member -> picked.put(member.getKey(), member.getValue()));
    return picked;
  }

  private double folded(List<Double> values) {
    return switch (aggregate.operator()) {
      case SUM -> Spans.sum(values);
      case AVG -> Spans.sum(values) / values.size();
      case COUNT -> values.size();
      case GROUP -> 1;
      case MIN -> extreme(values, false);
      case MAX -> extreme(values, true);
      case STDVAR -> Spans.variance(values);
      case STDDEV -> Math.sqrt(Spans.variance(values));
      case QUANTILE -> Spans.quantile(reference.scalar(aggregate.parameter(), now), values);
      default -> throw new IllegalArgumentException(aggregate.operator().word());
    };
  }

  private static double extreme(List<Double> values, boolean largest) {
    double best = Double.NaN;
    for (double value : values) {
      if (Double.isNaN(best) || (largest ? value > best : value < best)) {
        best = value;
      }
    }
    return best;
  }
}
