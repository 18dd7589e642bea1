package hinomi.metricstore.compact;

import hinomi.metricstore.block.Block;
import hinomi.metricstore.block.SeriesOrder;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/// Walks over several blocks at once, series by series, giving what all of them hold of each
/// between two times. It holds one series of each block. One thread.
public final class Merge implements Iterator<StoredSeries> {
  private final PriorityQueue<Walk> walks =
      new PriorityQueue<>(Comparator.comparing(Walk::labels, SeriesOrder.ORDER));
  private final long from;
  private final long to;

  /// One block and the series at which it stands.
  private static final class Walk {
    private final Iterator<Block.Part> parts;
    private Block.Part part;

    Walk(Iterator<Block.Part> parts) {
      this.parts = parts;
      this.part = parts.next();
    }

    Labels labels() {
      return part.labels();
    }
  }

  /// One series out of all blocks. Chunks that turn out to be damaged are left out: damage is told
  /// by the block, and what is written anew is the rest.
  private record Whole(Labels labels, List<Piece> pieces, long from, long to)
      implements StoredSeries {
    @Override
    public int size() {
      return Pieces.count(pieces);
    }

    @Override
    public void read(Points into) {
      for (int tries = pieces.size(); ; tries--) {
        try {
          into.clear();
          Pieces.read(pieces, from, to, into);
          return;
        } catch (Unavailable e) {
          // Each damaged chunk says so once and is empty from then on.
          if (tries == 0) {
            throw e;
          }
        }
      }
    }
  }

  Merge(List<Block> blocks) {
    this(blocks, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// @param from milliseconds since the epoch, included
  /// @param to milliseconds since the epoch, included
  public Merge(List<Block> blocks, long from, long to) {
    this.from = from;
    this.to = to;
    for (Block block : blocks) {
      Iterator<Block.Part> parts = block.walk();
      if (parts.hasNext()) {
        walks.add(new Walk(parts));
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !walks.isEmpty();
  }

  @Override
  public StoredSeries next() {
    Walk walk = walks.remove();
    Labels labels = walk.labels();
    List<Piece> pieces = new ArrayList<>();
    take(walk, pieces);
    forward(walk);
    while (!walks.isEmpty() && walks.element().labels().equals(labels)) {
      Walk same = walks.remove();
      take(same, pieces);
      forward(same);
    }
    return new Whole(labels, pieces, from, to);
  }

  private void take(Walk walk, List<Piece> pieces) {
    for (Piece piece : walk.part.pieces()) {
      if (piece.overlaps(from, to)) {
        pieces.add(piece);
      }
    }
  }

  private void forward(Walk walk) {
    if (walk.parts.hasNext()) {
      walk.part = walk.parts.next();
      walks.add(walk);
    }
  }
}
