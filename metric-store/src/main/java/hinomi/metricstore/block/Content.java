package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.ChunkWriter;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Points;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a block is to hold of one series.
///
/// @param labels the series
/// @param chunks its samples, in time order, at least one
record Content(Labels labels, List<Chunk> chunks) {
  private static final int CHUNK_SAMPLES = 240;

  /// Puts pieces between two times (both included) into order. Chunks that lie wholly between and
  /// overlap nothing are taken as they are; else all is packed anew.
  static Content of(Labels labels, List<Piece> pieces, long from, long to) {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(Comparator.comparingLong(Piece::first));
    List<Chunk> chunks = new ArrayList<>(sorted.size());
    long end = Long.MIN_VALUE;
    for (Piece piece : sorted) {
      if (piece instanceof Chunk chunk
          && chunk.first() >= from
          && chunk.last() <= to
          && (chunks.isEmpty() || chunk.first() > end)) {
        chunks.add(chunk);
        end = chunk.last();
      } else {
        return new Content(labels, packed(sorted, from, to));
      }
    }
    return new Content(labels, chunks);
  }

  private static List<Chunk> packed(List<Piece> pieces, long from, long to) {
    Points all = new Points(Pieces.count(pieces));
    Pieces.read(pieces, from, to, all);
    List<Chunk> chunks = new ArrayList<>();
    ChunkWriter writer = new ChunkWriter();
    for (int i = 0; i < all.size(); i++) {
      if (writer.count() == CHUNK_SAMPLES) {
        chunks.add(writer.seal());
        writer = new ChunkWriter();
      }
      writer.append(all.timestamp(i), Double.doubleToRawLongBits(all.value(i)));
    }
    if (writer.count() > 0) {
      chunks.add(writer.seal());
    }
    return chunks;
  }
}
