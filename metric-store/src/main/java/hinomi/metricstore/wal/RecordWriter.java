package hinomi.metricstore.wal;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Frames;
import hinomi.model.Labels;

/// Builds the records of one group commit: names of series, then samples that refer to them by
/// number. A record is cut at about 1 MiB, so that damage to one costs no more. The layout is drawn
/// in `docs/formats/metric-store.md`. One thread; the same one serves group after group.
public final class RecordWriter {
  static final int SERIES = 1;
  static final int SAMPLES = 2;

  private static final int CUT = 1 << 20;

  private final Frames frames = new Frames(1 << 16, 0);
  private ByteSink sink = frames.begin();
  private int kind;
  private int lastSeries;
  private long lastTimestamp;

  /// Begins a group, forgetting the one before.
  ///
  /// @param sequence number of its first record
  public void start(long sequence) {
    frames.clear(sequence);
    kind = 0;
  }

  /// Says that a number stands for a series from here on.
  public void series(int number, Labels labels) {
    record(SERIES);
    sink.putVarint(number);
    sink.putLabels(labels);
  }

  public void sample(int number, long timestamp, long bits) {
    record(SAMPLES);
    sink.putZigzag(number - (long) lastSeries);
    sink.putZigzag(timestamp - lastTimestamp);
    sink.putLong(bits);
    lastSeries = number;
    lastTimestamp = timestamp;
  }

  /// The whole group, valid until the next [#start].
  public Frames finish() {
    if (kind != 0) {
      frames.end();
      kind = 0;
    }
    return frames;
  }

  private void record(int wanted) {
    if (kind == wanted && frames.payload() < CUT) {
      return;
    }
    finish();
    sink = frames.begin();
    sink.putByte(wanted);
    kind = wanted;
    lastSeries = 0;
    lastTimestamp = 0;
  }
}
