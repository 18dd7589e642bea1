package hinomi.metricstore.wal;

import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;

/// Who takes what a log holds when it is read again, in the order it was written. A series may be
/// named more than once, and after damage a sample may come before its name.
public interface Replayed {
  /// @param labels among which the canonical bytes stand, from `from` to `to`; not to be kept
  void series(int number, byte[] labels, int from, int to);

  /// @param start since when it counts, milliseconds since the epoch; 0 where that is not told
  void sample(int number, long timestamp, long bits, long start);

  /// @param start as of [#sample]
  void histogram(int number, long timestamp, Histogram value, long start);

  void exemplar(Labels series, Exemplar exemplar);

  void metadata(Metadata one);
}
