package hinomi.metricstore.compact;

import hinomi.metricstore.block.SeriesOrder;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.SeriesPieces;
import hinomi.metricstore.head.SeriesView;
import hinomi.model.Labels;
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
  private final Map<Long, List<SeriesPieces>> spans = new TreeMap<>();
  private final Map<Long, List<SeriesPieces>> late = new TreeMap<>();

  private Leaving(Ranges ranges, long flushedThrough) {
    this.ranges = ranges;
    this.leftEnd =
        flushedThrough == Long.MIN_VALUE ? flushedThrough : ranges.spanBegin(flushedThrough);
  }

  /// The content of each block to be written, in [SeriesOrder].
  ///
  /// @param flushedThrough up to which time, excluded, spans have left before
  public static List<List<SeriesPieces>> blocks(
      List<SeriesView> series, Ranges ranges, long flushedThrough) {
    Leaving leaving = new Leaving(ranges, flushedThrough);
    List<Named> sorted = new ArrayList<>(series.size());
    for (SeriesView view : series) {
      sorted.add(new Named(view.labels(), view));
    }
    sorted.sort(Comparator.comparing(Named::labels, SeriesOrder.ORDER));
    for (Named each : sorted) {
      for (Piece piece : each.view.pieces(Long.MIN_VALUE, Long.MAX_VALUE)) {
        leaving.put(each.labels, piece);
      }
    }
    List<List<SeriesPieces>> blocks = new ArrayList<>(leaving.late.values());
    blocks.addAll(leaving.spans.values());
    return blocks;
  }

  /// A series and its labels, which are made of bytes whenever a view is asked for them.
  private record Named(Labels labels, SeriesView view) {}

  private void put(Labels labels, Piece piece) {
    for (long at = ranges.spanBegin(piece.first()); at <= piece.last(); ) {
      boolean left = at < leftEnd;
      long begin = left ? ranges.rangeBegin(at) : at;
      long end = left ? Math.min(begin + ranges.range(), leftEnd) : at + ranges.span();
      List<SeriesPieces> block =
          (left ? late : spans).computeIfAbsent(begin, _ -> new ArrayList<>());
      if (block.isEmpty() || !block.getLast().labels().equals(labels)) {
        block.add(new SeriesPieces(labels, new ArrayList<>(2), begin, end - 1));
      }
      block.getLast().pieces().add(piece);
      at = end;
    }
  }
}
