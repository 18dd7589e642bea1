package hinomi.metricstore.head;

import hinomi.model.Histogram;
import java.util.List;

/// Samples that are durable and now become visible, all at once: numbers in columns, and
/// histograms.
public interface Admitted {
  int size();

  /// The number of the series of sample `i`.
  int number(int i);

  long timestamp(int i);

  long bits(int i);

  List<OfHistogram> histograms();

  /// Whether any sample tells since when it counts.
  boolean hasStarts();

  /// Since when sample `i` counts, milliseconds since the epoch; 0 where that is not told.
  long start(int i);

  /// A histogram that was admitted.
  ///
  /// @param start as [#start]
  record OfHistogram(HeadSeries series, long timestamp, Histogram value, long start) {}
}
