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

  /// A histogram that was admitted.
  record OfHistogram(HeadSeries series, long timestamp, Histogram value) {}
}
