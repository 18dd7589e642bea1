package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;

/// Packs samples of one series as a column of times and a column of values. The two are
/// independent, so that series scraped together can share their times and series that say the same
/// can share both. The layout is drawn in `docs/formats/metric-store.md`. Made to be used again;
/// one thread.
public final class DenseEncoder {
  private final RunEncoder runs = new RunEncoder();
  private final ScaleFinder finder = new ScaleFinder();
  private final ByteSink times = new ByteSink(32);
  private long[] copied = {};

  /// Times, then values, one behind the other, as [DenseDecoder#decode] reads them.
  ///
  /// @param from index of the first sample
  /// @param to index behind the last sample; 1…[DenseDecoder#MAX_SAMPLES] samples
  public void encode(long[] timestamps, double[] values, int from, int to, ByteSink out) {
    times.shrink(0);
    encodeTimes(timestamps, from, to, times);
    out.putVarint(times.size());
    out.put(times.bytes(), times.size());
    encodeValues(values, from, to, out);
  }

  /// @param timestamps milliseconds since the epoch, strictly rising
  public void encodeTimes(long[] timestamps, int from, int to, ByteSink out) {
    int count = checked(from, to);
    if (copied.length < count) {
      copied = new long[count];
    }
    System.arraycopy(timestamps, from, copied, 0, count);
    runs.encode(copied, count, false, out);
  }

  /// Every double comes back to the last bit.
  public void encodeValues(double[] values, int from, int to, ByteSink out) {
    checked(from, to);
    Scale scale = finder.find(values, from, to);
    int apart = finder.apartCount();
    out.putByte(scale.kind() | (apart > 0 ? ValueDecoder.HAS_APART : 0));
    out.putZigzag(scale.argument());
    if (apart > 0) {
      out.putVarint(apart);
      int before = 0;
      for (int i = 0; i < apart; i++) {
        int place = finder.apart()[i];
        out.putVarint(place - before);
        out.putLong(Double.doubleToRawLongBits(values[from + place]));
        before = place;
      }
    }
    if (finder.numberCount() > 0) {
      runs.encode(finder.numbers(), finder.numberCount(), scale.kind() != Scale.BITS, out);
    }
  }

  private static int checked(int from, int to) {
    if (to <= from || to - from > DenseDecoder.MAX_SAMPLES) {
      throw new IllegalArgumentException("samples from " + from + " to " + to);
    }
    return to - from;
  }
}
