package hinomi.promql.evaluate;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a row is made: the same arrays for one row after the other, as long as nobody takes them.
/// One thread.
final class RowBuffer {
  private double[] values;
  private @Nullable Histogram @Nullable [] histograms;
  private boolean hasHistograms;
  private int numbers;

  RowBuffer(int steps) {
    values = new double[steps];
  }

  /// One a step; to be filled altogether, then told with [#done].
  double[] values() {
    return values;
  }

  int steps() {
    return values.length;
  }

  /// Ends a row of numbers.
  ///
  /// @param present how many of the values are not absent
  /// @return whether the row has anything at all
  boolean done(int present) {
    numbers = present;
    hasHistograms = false;
    return present > 0;
  }

  /// Likewise, where they have not been counted.
  boolean done() {
    int present = 0;
    for (double value : values) {
      present += Row.isPresent(value) ? 1 : 0;
    }
    return done(present);
  }

  /// Begins a row that may hold histograms: all steps are absent.
  void clear() {
    Arrays.fill(values, Row.ABSENT);
    if (histograms != null) {
      Arrays.fill(histograms, null);
    }
    hasHistograms = false;
  }

  void set(int step, double value) {
    values[step] = value;
    if (histograms != null) {
      histograms[step] = null;
    }
  }

  void set(int step, Histogram histogram) {
    if (histograms == null) {
      histograms = new @Nullable Histogram[values.length];
    }
    values[step] = Row.ABSENT;
    histograms[step] = histogram;
  }

  void remove(int step) {
    set(step, Row.ABSENT);
  }

  /// Ends a row made with [#set].
  boolean doneMixed() {
    boolean any = done();
    if (histograms != null) {
      for (Histogram histogram : histograms) {
        hasHistograms |= histogram != null;
      }
    }
    return any || hasHistograms;
  }

  /// Whether there is a number at every step.
  boolean isDense() {
    return numbers == values.length;
  }

  boolean hasHistograms() {
    return hasHistograms;
  }

  /// Whether anything stands at a step.
  boolean has(int step) {
    return Row.isPresent(values[step]) || histogram(step) != null;
  }

  @Nullable Histogram histogram(int step) {
    return hasHistograms && histograms != null ? histograms[step] : null;
  }

  /// Makes this a copy of a row.
  boolean copy(Row row) {
    if (row.histograms() == null) {
      System.arraycopy(row.values(), 0, values, 0, values.length);
      return done();
    }
    clear();
    for (int step = 0; step < values.length; step++) {
      Histogram histogram = row.histogram(step);
      if (histogram != null) {
        set(step, histogram);
      } else {
        set(step, row.values()[step]);
      }
    }
    return doneMixed();
  }

  /// As [Row#weight].
  long weight() {
    return values.length + (hasHistograms ? Row.weight(histograms) : 0);
  }

  /// Gives the row away.
  Row take(Labels labels) {
    Row row = new Row(labels, values, hasHistograms ? histograms : null);
    values = new double[values.length];
    if (hasHistograms) {
      histograms = null;
    }
    return row;
  }
}
