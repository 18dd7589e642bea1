package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.histogram.Histograms;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One element of an instant vector over all steps. Where it has no number stands [#ABSENT]; no
/// expression can yield that one, for selectors leave staleness markers out. At a step stands a
/// number, a histogram or nothing.
///
/// @param values one a step; whoever made the row lets go of them
/// @param histograms one a step, or null for a row without any, as almost all are; where one stands
///   the value is absent
@SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
public record Row(Labels labels, double[] values, @Nullable Histogram @Nullable [] histograms) {
  static final double ABSENT = Sample.STALE;

  /// One of numbers alone.
  Row(Labels labels, double[] values) {
    this(labels, values, null);
  }

  /// Of a number: whether it says that there is none.
  public static boolean isAbsent(double value) {
    return Sample.isStale(value);
  }

  static boolean isPresent(double value) {
    return !Sample.isStale(value);
  }

  /// Values of a row that has none yet.
  static double[] absent(int count) {
    double[] values = new double[count];
    Arrays.fill(values, ABSENT);
    return values;
  }

  /// The histogram at a step, if one stands there.
  public @Nullable Histogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  /// Whether anything stands at a step.
  boolean has(int step) {
    return isPresent(values[step]) || histogram(step) != null;
  }

  boolean isEmpty() {
    for (int step = 0; step < values.length; step++) {
      if (has(step)) {
        return false;
      }
    }
    return true;
  }

  /// At how many steps a number stands.
  public int numbers() {
    int numbers = 0;
    for (double value : values) {
      numbers += isPresent(value) ? 1 : 0;
    }
    return numbers;
  }

  /// The room that the row takes, in samples.
  long weight() {
    return values.length + weight(histograms);
  }

  static long weight(@Nullable Histogram @Nullable [] histograms) {
    long weight = 0;
    for (int i = 0; histograms != null && i < histograms.length; i++) {
      Histogram histogram = histograms[i];
      weight += histogram == null ? 0 : Histograms.weight(histogram);
    }
    return weight;
  }

  Row with(Labels other) {
    return new Row(other, values, histograms);
  }

  /// This row where `kept` says so, and nothing elsewhere.
  Row where(boolean[] kept) {
    double[] some = absent(values.length);
    @Nullable Histogram[] someHistograms =
        histograms == null ? null : new @Nullable Histogram[values.length];
    for (int step = 0; step < kept.length; step++) {
      if (kept[step]) {
        some[step] = values[step];
        if (someHistograms != null) {
          someHistograms[step] = histogram(step);
        }
      }
    }
    return new Row(labels, some, someHistograms);
  }
}
