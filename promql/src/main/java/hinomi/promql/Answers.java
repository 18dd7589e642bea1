package hinomi.promql;

import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.evaluate.Grid;
import hinomi.promql.evaluate.Notes;
import hinomi.promql.evaluate.Row;
import hinomi.promql.evaluate.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Values on a grid → answers.
final class Answers {
  private Answers() {}

  /// Of an instant query.
  static Answer once(Value value, long now, Notes notes) {
    return switch (value) {
      case Value.Scalar scalar ->
          new Answer.Scalar(now, scalar.values()[0], notes.warnings(), notes.infos());
      case Value.Text text -> new Answer.Text(now, text.text(), notes.warnings(), notes.infos());
      case Value.Vector vector -> vector(vector, now, notes);
    };
  }

  private static Answer vector(Value.Vector vector, long now, Notes notes) {
    List<Sample> samples = new ArrayList<>(vector.rows().size());
    List<HistogramSample> histograms = new ArrayList<>(0);
    for (Row row : vector.rows()) {
      double value = row.values()[0];
      Histogram histogram = row.histogram(0);
      if (!Row.isAbsent(value)) {
        samples.add(new Sample(row.labels(), now, value));
      } else if (histogram != null) {
        histograms.add(new HistogramSample(row.labels(), now, histogram));
      }
    }
    return new Answer.Vector(samples, histograms, notes.warnings(), notes.infos());
  }

  /// Of a range query.
  static Answer matrix(Value value, Grid grid, Notes notes) {
    List<Series> all = new ArrayList<>();
    switch (value) {
      case Value.Scalar scalar ->
          all.add(new Series(Labels.EMPTY, allTimes(grid), scalar.values()));
      case Value.Vector vector -> {
        long[] times = allTimes(grid);
        for (Row row : vector.rows()) {
          Series series = series(row, grid, times);
          if (series.size() > 0) {
            all.add(series);
          }
        }
      }
      case Value.Text _ -> throw new IllegalStateException("BUG: a text over a range");
    }
    return matrix(all, notes);
  }

  private static long[] allTimes(Grid grid) {
    long[] times = new long[grid.count()];
    for (int i = 0; i < times.length; i++) {
      times[i] = grid.time(i);
    }
    return times;
  }

  /// @param times of all steps, which rows that have a number at each share
  private static Series series(Row row, Grid grid, long[] times) {
    int size = row.numbers();
    if (size == times.length) {
      return new Series(row.labels(), times, row.values());
    }
    long[] own = new long[size];
    double[] values = new double[size];
    List<Series.HistogramAt> histograms = new ArrayList<>(0);
    int at = 0;
    for (int i = 0; i < grid.count(); i++) {
      Histogram histogram = row.histogram(i);
      if (!Row.isAbsent(row.values()[i])) {
        own[at] = times[i];
        values[at++] = row.values()[i];
      } else if (histogram != null) {
        histograms.add(new Series.HistogramAt(times[i], histogram));
      }
    }
    return new Series(row.labels(), own, values, histograms);
  }

  /// Sorted by labels.
  static Answer matrix(List<Series> series, Notes notes) {
    List<Series> sorted = new ArrayList<>(series);
    sorted.sort(Comparator.comparing(Series::labels));
    return new Answer.Matrix(sorted, notes.warnings(), notes.infos());
  }
}
