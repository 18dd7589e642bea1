package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.ChunkWriter;
import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Points;

/// From samples to the bytes of a chunk and back. Stateless.
final class Packing {
  /// A day of samples, one each 15 s, is one chunk.
  static final int MOST_SAMPLES = 8192;

  /// How many bytes behind a chunk's own its reader may look at.
  static final int SPARE = 8;

  private Packing() {}

  /// Packs the numbers from one index to another, excluded.
  static void pack(Points points, int from, int to, ByteSink into) {
    ChunkWriter writer = new ChunkWriter();
    for (int i = from; i < to; i++) {
      writer.append(points.timestamp(i), Double.doubleToRawLongBits(points.value(i)));
    }
    Chunk chunk = writer.seal();
    into.put(chunk.bytes(), chunk.length());
  }

  /// Adds the samples between two times, both included.
  static void unpack(byte[] bytes, Place place, long from, long to, Points into) {
    new Chunk(bytes, place.length(), place.count(), place.first(), place.last())
        .read(from, to, into);
  }
}
