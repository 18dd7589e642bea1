package hinomi.alertengine.backtest;

import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression comes to at each time of a stretch: the rows of a range query, turned so that
/// one time is read at once. Immutable.
final class Block {
  private final long from;
  private final long step;
  private final Labels[] labels;
  private final int[] begins; // per time the first of its elements, then the end of all
  private final int[] rows;
  private final double[] values;
  private final @Nullable Histogram[]
      histograms; // as many, or none at all where all elements are numbers

  /// @param distributed whether any element is a histogram
  private Block(long from, long step, Labels[] labels, int[] begins, boolean distributed) {
    int size = begins[begins.length - 1];
    this.from = from;
    this.step = step;
    this.labels = labels;
    this.begins = begins;
    this.rows = new int[size];
    this.values = new double[size];
    this.histograms = new Histogram[distributed ? size : 0];
  }

  /// @param from of the first time, milliseconds since the epoch
  /// @param count of times
  static Block of(List<Series> series, long from, long step, int count) {
    int[] begins = new int[count + 1];
    Labels[] labels = new Labels[series.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = series.get(row).labels();
      for (long timestamp : series.get(row).timestamps()) {
        begins[(int) ((timestamp - from) / step) + 1]++;
      }
      for (Series.HistogramAt each : series.get(row).histograms()) {
        begins[(int) ((each.timestamp() - from) / step) + 1]++;
      }
    }
    boolean distributed = series.stream().anyMatch(each -> !each.histograms().isEmpty());
    for (int i = 0; i < count; i++) {
      begins[i + 1] += begins[i];
    }
    Block block = new Block(from, step, labels, begins, distributed);
    int[] next = begins.clone();
    for (int row = 0; row < labels.length; row++) {
      Series each = series.get(row);
      for (int i = 0; i < each.timestamps().length; i++) {
        int at = next[(int) ((each.timestamps()[i] - from) / step)]++;
        block.rows[at] = row;
        block.values[at] = each.values()[i];
      }
      for (Series.HistogramAt one : each.histograms()) {
        int at = next[(int) ((one.timestamp() - from) / step)]++;
        block.rows[at] = row;
        block.histograms[at] = one.value();
      }
    }
    return block;
  }

  boolean has(long millis) {
    return millis >= from && (millis - from) / step < begins.length - 1;
  }

  boolean isEmpty(long millis) {
    int i = (int) ((millis - from) / step);
    return begins[i] == begins[i + 1];
  }

  Vector at(long millis) {
    int i = (int) ((millis - from) / step);
    List<Sample> numbers = new ArrayList<>(begins[i + 1] - begins[i]);
    List<HistogramSample> distributions = new ArrayList<>(0);
    for (int k = begins[i]; k < begins[i + 1]; k++) {
      Histogram histogram = k < histograms.length ? histograms[k] : null;
      if (histogram == null) {
        numbers.add(new Sample(labels[rows[k]], millis, values[k]));
      } else {
        distributions.add(new HistogramSample(labels[rows[k]], millis, histogram));
      }
    }
    return new Vector(numbers, distributions);
  }

  int size() {
    return values.length;
  }
}
