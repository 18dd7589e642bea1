package hinomi.metricstore.chunk;

import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import java.util.List;

/// The pieces of one series between two times, wherever they lie. Any thread.
///
/// @param pieces in any order; they may overlap
/// @param from milliseconds since the epoch, included
/// @param to milliseconds since the epoch, included
public record SeriesPieces(Labels labels, List<Piece> pieces, long from, long to)
    implements StoredSeries {
  @Override
  public int size() {
    return Pieces.count(pieces);
  }

  /// By the share of the pieces' time that lies between the two: a chunk of a day is not counted in
  /// full for five minutes of it.
  @Override
  public int expected() {
    double expected = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      double common = (double) Math.min(to, piece.last()) - Math.max(from, piece.first());
      double whole = (double) piece.last() - piece.first();
      expected += whole <= 0 ? 1 : Math.ceil(piece.count() * Math.clamp(common / whole, 0, 1));
    }
    return (int) expected;
  }

  @Override
  public void read(Points into) {
    Pieces.read(pieces, from, to, into);
  }
}
