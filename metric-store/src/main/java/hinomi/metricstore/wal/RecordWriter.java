package hinomi.metricstore.wal;

import hinomi.metricstore.chunk.HistogramBytes;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.exemplar.ExemplarBytes;
import hinomi.metricstore.metadata.MetadataBytes;
import hinomi.model.Exemplar;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Metadata;

/// Builds the records of one group commit: names of series, then samples that refer to them by
/// number. A record is cut at about 1 MiB, so that damage to one costs no more. The layout is drawn
/// in `docs/formats/metric-store.md`. One thread; the same one serves group after group.
public final class RecordWriter {
  static final int SAMPLES = 2;
  static final int NAMES = 3;
  static final int HISTOGRAMS = 4;
  static final int EXEMPLARS = 5;
  static final int METADATA = 6;
  static final int STARTED_SAMPLES = 7;
  static final int STARTED_HISTOGRAMS = 8;

  private static final int CUT = 1 << 20;

  /// A group that was larger than usual does not keep its memory.
  private static final int KEPT = 4 << 20;

  private Frames frames = new Frames(1 << 16, 0);
  private ByteSink sink = frames.begin();
  private int kind;
  private int lastSeries;
  private long lastTimestamp;
  private long lastStart;

  /// Begins a group, forgetting the one before.
  ///
  /// @param sequence number of its first record
  public void start(long sequence) {
    if (frames.bytes().length > KEPT) {
      frames = new Frames(1 << 16, 0);
    }
    frames.clear(sequence);
    kind = 0;
  }

  /// Says that a number stands for a series from here on.
  ///
  /// @param labels their canonical bytes
  public void series(int number, byte[] labels) {
    record(NAMES);
    sink.putVarint(number);
    sink.putVarint(labels.length);
    sink.put(labels, labels.length);
  }

  public void sample(int number, long timestamp, long bits) {
    if (kind != SAMPLES || frames.payload() >= CUT) {
      record(SAMPLES);
    }
    sink.putSample(number - (long) lastSeries, timestamp - lastTimestamp, bits);
    lastSeries = number;
    lastTimestamp = timestamp;
  }

  /// A sample that tells since when it counts.
  public void sample(int number, long timestamp, long bits, long start) {
    record(STARTED_SAMPLES);
    sink.putSample(number - (long) lastSeries, timestamp - lastTimestamp, bits);
    sink.putZigzag(start - lastStart);
    lastSeries = number;
    lastTimestamp = timestamp;
    lastStart = start;
  }

  /// @param start since when it counts; 0 where that is not told
  public void histogram(int number, long timestamp, Histogram value, long start) {
    record(start == 0 ? HISTOGRAMS : STARTED_HISTOGRAMS);
    sink.putVarint(number);
    sink.putZigzag(timestamp - lastTimestamp);
    if (start != 0) {
      sink.putZigzag(start - lastStart);
    }
    HistogramBytes.put(sink, value);
    lastTimestamp = timestamp;
    lastStart = start;
  }

  public void exemplar(Labels series, Exemplar exemplar) {
    record(EXEMPLARS);
    ExemplarBytes.put(sink, series, exemplar);
  }

  public void metadata(Metadata one) {
    record(METADATA);
    MetadataBytes.put(sink, one);
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
    lastStart = 0;
  }
}
