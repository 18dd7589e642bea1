package hinomi.metricstore.compact;

import hinomi.metricstore.block.SeriesOrder;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.head.SeriesView;
import hinomi.metricstore.select.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sorts what leaves the head into blocks: one for each span, and for what comes after its span has
/// left already one for each range of spans, so that a month that is filled in late makes thirty
/// blocks and not hundreds. One thread.
public final class Leaving {
  private final Ranges ranges;
  private final long leftEnd;
  private final Map<Long, List<Found>> spans = new TreeMap<>();
  private final Map<Long, List<Found>> late = new TreeMap<>();

  private Leaving(Ranges ranges, long flushedThrough) {
    this.ranges = ranges;
    this.leftEnd =
        flushedThrough == Long.MIN_VALUE ? flushedThrough : ranges.spanBegin(flushedThrough);
  }

  /// The content of each block to be written, in [SeriesOrder].
  ///
  /// @param flushedThrough up to which time, excluded, spans have left before
  public static List<List<Found>> blocks(
      List<SeriesView> series, Ranges ranges, long flushedThrough) {
    Leaving leaving = new Leaving(ranges, flushedThrough);
    List<SeriesView> sorted = new ArrayList<>(series);
    sorted.sort(Comparator.comparing(SeriesView::labels, SeriesOrder.ORDER));
    for (SeriesView view : sorted) {
      for (Piece piece : view.pieces(Long.MIN_VALUE, Long.MAX_VALUE)) {
        leaving.put(view, piece);
      }
    }
    List<List<Found>> blocks = new ArrayList<>(leaving.late.values());
    blocks.addAll(leaving.spans.values());
    return blocks;
  }

  private void put(SeriesView view, Piece piece) {
    for (long at = ranges.spanBegin(piece.first()); at <= piece.last(); ) {
      boolean left = at < leftEnd;
      long begin = left ? ranges.rangeBegin(at) : at;
      long end = left ? Math.min(begin + ranges.range(), leftEnd) : at + ranges.span();
      List<Found> block = (left ? late : spans).computeIfAbsent(begin, _ -> new ArrayList<>());
      if (block.isEmpty() || !block.getLast().labels().equals(view.labels())) {
        block.add(new Found(view.labels(), new ArrayList<>(2), begin, end - 1));
      }
      block.getLast().pieces().add(piece);
      at = end;
    }
  }
}
