package hinomi.metricstore.head;

import hinomi.metricstore.index.PairIndex;
import hinomi.model.Labels;

/// Turns the bytes of a series' name into labels when somebody wants them. Any thread, no lock.
public final class HeadNames {
  private final SeriesTable table;
  private final PairIndex index;

  HeadNames(SeriesTable table, PairIndex index) {
    this.table = table;
    this.index = index;
  }

  /// The labels, without keeping them.
  public Labels labels(HeadSeries series) {
    Labels known = series.knownLabels();
    if (known != null) {
      return known;
    }
    byte[] name = table.name(series);
    return index.labels(name, 0, name.length);
  }

  /// As [#labels], and remembers them: queries come again.
  Labels remembered(HeadSeries series) {
    Labels labels = labels(series);
    if (series.knownLabels() == null) {
      series.setLabels(labels);
    }
    return labels;
  }

  /// The canonical bytes of the labels ([hinomi.model.LabelBytes]).
  public byte[] bytes(HeadSeries series) {
    return table.name(series);
  }
}
