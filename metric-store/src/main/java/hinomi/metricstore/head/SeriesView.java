package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Started;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.List;

/// What a series held at one moment; reading it needs no lock.
///
/// @param names which knows its labels
/// @param newest timestamp of its newest sample, be it in memory or in a block by now
/// @param inOrder chunks that follow each other in time
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record SeriesView(
    HeadSeries series, HeadNames names, long newest, Chunk[] inOrder, Aside aside) {
  public Labels labels() {
    return names.labels(series);
  }

  /// The pieces that hold samples between two times, both included.
  public List<Piece> pieces(long from, long to) {
    List<Piece> pieces = new ArrayList<>(4);
    for (Chunk chunk : inOrder) {
      if (chunk.overlaps(from, to)) {
        pieces.add(chunk);
      }
    }
    if (!aside.isNothing()) {
      aside.each(piece -> {
        if (piece.overlaps(from, to)) {
          pieces.add(piece);
        }
      });
    }
    if (!aside.starts().isNone()) {
      pieces.replaceAll(piece -> new Started(piece, aside.starts()));
    }
    return pieces;
  }

  boolean overlaps(long from, long to) {
    for (Chunk chunk : inOrder) {
      if (chunk.overlaps(from, to)) {
        return true;
      }
    }
    return !aside.isNothing() && !pieces(from, to).isEmpty();
  }
}
