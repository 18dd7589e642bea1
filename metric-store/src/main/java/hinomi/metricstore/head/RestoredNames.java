package hinomi.metricstore.head;

import hinomi.metricstore.index.LabelScan;

/// Turns the names that a log or a snapshot holds into series of a head. One thread.
final class RestoredNames {
  /// What was stored is read again even when the limit has been lowered since.
  static final int MOST_LABELS = 4096;

  private final Head head;
  private final LabelScan scan = new LabelScan(MOST_LABELS);

  RestoredNames(Head head) {
    this.head = head;
  }

  HeadSeries series(int number, byte[] labels, int from, int to) {
    HeadSeries known = head.byNumber(number);
    if (known != null) {
      return known;
    }
    if (scan.scan(labels, from, to) != null) {
      throw new IllegalStateException("BUG: a stored series has no proper name");
    }
    return head.restore(number, scan);
  }
}
