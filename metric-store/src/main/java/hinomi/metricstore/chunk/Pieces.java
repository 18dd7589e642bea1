package hinomi.metricstore.chunk;

import hinomi.model.Points;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads several pieces of one series as one line of samples. Pieces may overlap and may hold the
/// same sample twice, as late samples and what moves from head to block do; where two have a
/// timestamp, that of the piece which begins earlier stands. Stateless.
public final class Pieces {
  private Pieces() {}

  /// Adds the samples between two times, both included, in time order.
  public static void read(List<Piece> pieces, long from, long to, Points into) {
    if (pieces.size() == 1) {
      pieces.getFirst().read(from, to, into);
      return;
    }
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(Comparator.comparingLong(Piece::first));
    if (apart(sorted)) {
      for (Piece piece : sorted) {
        piece.read(from, to, into);
      }
      return;
    }
    Points all = new Points(0);
    for (Piece piece : sorted) {
      Points more = new Points(piece.count());
      piece.read(from, to, more);
      all = merge(all, more);
    }
    for (int i = 0; i < all.size(); i++) {
      put(all, i, into);
    }
    for (int i = 0; i < all.histogramCount(); i++) {
      putHistogram(all, i, into);
    }
  }

  private static void put(Points from, int i, Points into) {
    into.add(from.timestamp(i), from.value(i));
    into.startedAt(from.start(i));
  }

  private static void putHistogram(Points from, int i, Points into) {
    into.add(from.histogramTimestamp(i), from.histogram(i));
    into.histogramStartedAt(from.histogramStart(i));
  }

  /// How many samples there are at most.
  public static int count(List<Piece> pieces) {
    int count = 0;
    for (int i = 0; i < pieces.size(); i++) {
      count = Math.addExact(count, pieces.get(i).count());
    }
    return count;
  }

  private static boolean apart(List<Piece> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).first() <= sorted.get(i - 1).last()) {
        return false;
      }
    }
    return true;
  }

  private static Points merge(Points a, Points b) {
    Points merged = new Points(a.size() + b.size());
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (j == b.size() || (i < a.size() && a.timestamp(i) <= b.timestamp(j))) {
        if (j < b.size() && a.timestamp(i) == b.timestamp(j)) {
          j++;
        }
        put(a, i++, merged);
      } else {
        put(b, j++, merged);
      }
    }
    mergeHistograms(a, b, merged);
    return merged;
  }

  private static void mergeHistograms(Points a, Points b, Points merged) {
    int i = 0;
    int j = 0;
    while (i < a.histogramCount() || j < b.histogramCount()) {
      boolean takeA =
          j == b.histogramCount()
              || (i < a.histogramCount() && a.histogramTimestamp(i) <= b.histogramTimestamp(j));
      if (takeA) {
        if (j < b.histogramCount() && a.histogramTimestamp(i) == b.histogramTimestamp(j)) {
          j++;
        }
        putHistogram(a, i++, merged);
      } else {
        putHistogram(b, j++, merged);
      }
    }
  }
}
