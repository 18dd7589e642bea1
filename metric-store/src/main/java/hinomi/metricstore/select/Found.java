package hinomi.metricstore.select;

import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import java.util.List;

/// The pieces that were found of one series, wherever they lie. Any thread.
///
/// @param pieces in any order; they may overlap
/// @param from milliseconds since the epoch, included
/// @param to milliseconds since the epoch, included
public record Found(Labels labels, List<Piece> pieces, long from, long to) implements StoredSeries {
  @Override
  public int size() {
    return Pieces.count(pieces);
  }

  /// About how many samples lie between the two times, by the share of the pieces' time: a chunk of
  /// a day is not counted in full for five minutes of it.
  long estimate() {
    double estimate = 0;
    for (Piece piece : pieces) {
      double common = (double) Math.min(to, piece.last()) - Math.max(from, piece.first());
      double whole = (double) piece.last() - piece.first();
      estimate += whole <= 0 ? 1 : Math.ceil(piece.count() * Math.clamp(common / whole, 0, 1));
    }
    return (long) estimate;
  }

  @Override
  public void read(Points into) {
    Pieces.read(pieces, from, to, into);
  }
}
