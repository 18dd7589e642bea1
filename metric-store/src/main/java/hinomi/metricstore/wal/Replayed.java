package hinomi.metricstore.wal;

import hinomi.model.Labels;

/// Who takes what a log holds when it is read again, in the order it was written. A series may be
/// named more than once, and after damage a sample may come before its name.
public interface Replayed {
  void series(int number, Labels labels);

  void sample(int number, long timestamp, long bits);
}
