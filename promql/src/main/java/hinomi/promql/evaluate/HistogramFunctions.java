package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.histogram.Estimate;
import hinomi.promql.parse.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Functions of histograms, native and classic.
final class HistogramFunctions {
  private HistogramFunctions() {}

  /// Of native histograms alone: anything else falls out.
  static Map<String, Functions.OfRows> byRows() {
    Map<String, Functions.OfRows> all = new HashMap<>();
    all.put("histogram_count", call -> ofTotals(call, Histogram::count));
    all.put("histogram_sum", call -> ofTotals(call, Histogram::sum));
    all.put("histogram_avg", call -> ofTotals(call, each -> each.sum() / each.count()));
    all.put("histogram_stdvar", call -> pointwise(call.supply(0), Estimate::variance));
    all.put(
        "histogram_stddev",
        call -> pointwise(call.supply(0), each -> Math.sqrt(Estimate.variance(each))));
    return all;
  }

  static Map<String, Functions.OfCall> all() {
    return Map.of(
        "histogram_quantile", HistogramFunctions::quantile,
        "histogram_quantiles", HistogramFunctions::quantiles,
        "histogram_fraction", HistogramFunctions::fraction);
  }

  private static Supply ofTotals(Arguments arguments, ToDoubleFunction<Histogram> function) {
    Supply histograms = arguments.evaluator().with(Told.Hints.FOUND_OUT, () -> arguments.supply(0));
    return pointwise(histograms, function);
  }

  private static Supply pointwise(Supply histograms, ToDoubleFunction<Histogram> function) {
    return new Mapped(
        histograms,
        true,
        _ ->
            (row, _) -> {
              for (int step = 0; step < row.steps(); step++) {
                Histogram histogram = row.histogram(step);
                if (histogram != null) {
                  row.set(step, function.applyAsDouble(histogram));
                } else {
                  row.remove(step);
                }
              }
              return row.done();
            });
  }

  private static Value quantile(Arguments arguments) {
    double[] q = quantileArgument(arguments, 0);
    HistogramVector vector = new HistogramVector(arguments, 1);
    Rows rows = new Rows();
    vector.apply(new Quantile(arguments, vector, q), rows::add);
    return rows.vector();
  }

  /// Several quantiles at once, each with its rank in a label of its own.
  private static Value quantiles(Arguments arguments) {
    HistogramVector vector = new HistogramVector(arguments, 0);
    Rows rows = new Rows();
    for (int i = 2; i < arguments.count(); i++) {
      double[] q = quantileArgument(arguments, i);
      vector.apply(
          new Quantile(arguments, vector, q),
          (labels, values) -> byRank(arguments, q, labels, values, rows));
    }
    return rows.vector();
  }

  /// The rank may change from step to step, and then the label does.
  private static void byRank(
      Arguments arguments, double[] q, Labels labels, double[] values, Rows rows) {
    Map<Double, double[]> byRank = new HashMap<>();
    for (int step = 0; step < q.length; step++) {
      byRank.computeIfAbsent(q[step], _ -> arguments.row())[step] = values[step];
    }
    byRank.forEach((rank, some) -> rows.add(labels.with(arguments.text(1), rankText(rank)), some));
  }

  /// As OpenMetrics writes it: never without a point.
  private static String rankText(double rank) {
    String text = Numbers.general(rank);
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? text + ".0" : text;
  }

  private static double[] quantileArgument(Arguments arguments, int index) {
    double[] q = arguments.scalar(index);
    for (double each : q) {
      if (!Quantiles.isValid(each)) {
        arguments.notes().badQuantile(each, arguments.span(index));
      }
    }
    return q;
  }

  private static final class Quantile implements HistogramVector.Function {
    private final Arguments arguments;
    private final HistogramVector vector;
    private final double[] q;

    Quantile(Arguments arguments, HistogramVector vector, double[] q) {
      this.arguments = arguments;
      this.vector = vector;
      this.q = q;
    }

    @Override
    public double of(Histogram histogram, int step, String metric) {
      Estimate quantile = Estimate.quantile(q[step], histogram);
      new HistogramNotes(arguments.notes()).nan(quantile.nan(), metric, vector.span());
      return quantile.value();
    }

    @Override
    public double of(Buckets buckets, int step, String metric) {
      double quantile = buckets.quantile(q[step]);
      buckets
          .unsteady(arguments.grid().time(step))
          .ifPresent(found -> arguments.notes().unsteadyBuckets(metric, vector.span(), found));
      return quantile;
    }
  }

  private static Value fraction(Arguments arguments) {
    double[] lower = arguments.scalar(0);
    double[] upper = arguments.scalar(1);
    HistogramVector vector = new HistogramVector(arguments, 2);
    HistogramNotes notes = new HistogramNotes(arguments.notes());
    Rows rows = new Rows();
    vector.apply(
        new HistogramVector.Function() {
          @Override
          public double of(Histogram histogram, int step, String metric) {
            Estimate share = Estimate.fraction(lower[step], upper[step], histogram);
            notes.nan(share.nan(), metric, vector.span());
            return share.value();
          }

          @Override
          public double of(Buckets buckets, int step, String metric) {
            return buckets.fraction(lower[step], upper[step]);
          }
        },
        rows::add);
    return rows.vector();
  }
}
