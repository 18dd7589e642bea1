package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Piece;
import hinomi.model.Points;
import hinomi.model.Unavailable;
import java.util.List;

/// A chunk in a block, loaded and checked when it is read. Any thread.
final class Stored implements Piece {
  private final Block block;
  private final Place place;
  private final int series;
  private final List<Tombstone> holes;

  /// @param series its number in the block
  /// @param holes deletions that may hide samples of it
  Stored(Block block, Place place, int series, List<Tombstone> holes) {
    this.block = block;
    this.place = place;
    this.series = series;
    this.holes = holes;
  }

  @Override
  public long first() {
    return place.first();
  }

  @Override
  public long last() {
    return place.last();
  }

  @Override
  public int count() {
    return place.count();
  }

  @Override
  public void read(long from, long to, Points into) {
    if (block.isLost(place)) {
      return;
    }
    Points all = holes.isEmpty() ? into : new Points(place.count());
    boolean whole;
    try {
      whole = block.read(place, series, from, to, all);
    } catch (InternalError e) {
      // How the JVM says that the file behind a mapping could not be read.
      throw unreadable(e);
    }
    if (!whole) {
      throw block.lose(place, series, block.raw(place));
    }
    if (!holes.isEmpty()) {
      putVisible(all, into);
    }
  }

  private Unavailable unreadable(InternalError e) {
    Unavailable told = block.lose(place, series, new byte[0]);
    told.addSuppressed(e);
    return told;
  }

  private void putVisible(Points all, Points into) {
    for (int i = 0; i < all.size(); i++) {
      if (isVisible(all.timestamp(i))) {
        into.add(all.timestamp(i), all.value(i));
      }
    }
    for (int i = 0; i < all.histogramCount(); i++) {
      if (isVisible(all.histogramTimestamp(i))) {
        into.add(all.histogramTimestamp(i), all.histogram(i));
      }
    }
  }

  private boolean isVisible(long timestamp) {
    for (Tombstone hole : holes) {
      if (hole.covers(timestamp)) {
        return false;
      }
    }
    return true;
  }
}
