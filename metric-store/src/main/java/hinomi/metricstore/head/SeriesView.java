package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.Piece;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.List;

/// What a series held at one moment; reading it needs no lock.
///
/// @param newest timestamp of its newest sample, be it in memory or in a block by now
/// @param newestBits the raw bits of that sample's value
/// @param inOrder chunks that follow each other in time
/// @param lateWhole chunks of late samples, which may overlap all others
/// @param late samples that came late and are not packed yet
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record SeriesView(
    HeadSeries series,
    long newest,
    long newestBits,
    Chunk[] inOrder,
    Chunk[] lateWhole,
    LateSamples late) {
  public Labels labels() {
    return series.labels();
  }

  /// The pieces that hold samples between two times, both included.
  public List<Piece> pieces(long from, long to) {
    List<Piece> pieces = new ArrayList<>(4);
    for (Chunk chunk : inOrder) {
      if (chunk.overlaps(from, to)) {
        pieces.add(chunk);
      }
    }
    for (Chunk chunk : lateWhole) {
      if (chunk.overlaps(from, to)) {
        pieces.add(chunk);
      }
    }
    if (late.overlaps(from, to)) {
      pieces.add(late);
    }
    return pieces;
  }

  boolean overlaps(long from, long to) {
    return !pieces(from, to).isEmpty();
  }
}
