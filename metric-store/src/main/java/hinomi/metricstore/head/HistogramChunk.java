package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.dense.DenseDecoder;
import hinomi.metricstore.dense.HistogramDecoder;
import hinomi.metricstore.dense.HistogramEncoder;
import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Points;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Native histograms of one series that grow no more, packed as blocks pack them: a fraction of
/// what the objects take. Immutable; any thread may read it.
final class HistogramChunk implements Piece {
  private final byte[] packed;
  private final int count;
  private final long first;
  private final long last;

  private HistogramChunk(byte[] packed, int count, long first, long last) {
    this.packed = packed;
    this.count = count;
    this.first = first;
    this.last = last;
  }

  /// Packs a run, usually into one chunk; into more when there are very many buckets.
  static List<HistogramChunk> of(HistogramRun run) {
    Points points = new Points(0);
    run.read(Long.MIN_VALUE, Long.MAX_VALUE, points);
    HistogramEncoder encoder = new HistogramEncoder();
    List<HistogramChunk> chunks = new ArrayList<>(1);
    for (int from = 0; from < points.histogramCount(); ) {
      int end = HistogramEncoder.end(points, from);
      ByteSink sink = new ByteSink(1 << 10);
      encoder.encode(points, from, end, sink);
      chunks.add(
          new HistogramChunk(
              Arrays.copyOf(sink.bytes(), sink.size()),
              end - from,
              points.histogramTimestamp(from),
              points.histogramTimestamp(end - 1)));
      from = end;
    }
    return chunks;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void read(long from, long to, Points into) {
    new HistogramDecoder()
        .decode(
            new DenseDecoder.Packed(MemorySegment.ofArray(packed), 0, packed.length, count),
            from,
            to,
            into);
  }
}
