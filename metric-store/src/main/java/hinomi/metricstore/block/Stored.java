package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Piece;
import hinomi.model.Points;
import hinomi.model.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chunk in a block, loaded and checked when it is read. Any thread.
final class Stored implements Piece {
  private final Block block;
  private final Place place;
  private final @Nullable Place starts;
  private final int series;
  private final List<Tombstone> holes;

  /// @param starts since when its samples count, where they tell
  record Places(Place samples, @Nullable Place starts) {}

  /// @param series its number in the block
  /// @param holes deletions that may hide samples of it
  Stored(Block block, Places places, int series, List<Tombstone> holes) {
    this.block = block;
    this.place = places.samples();
    this.starts = places.starts();
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
  public boolean hasStarts() {
    return starts != null;
  }

  @Override
  public void read(long from, long to, Points into) {
    if (block.isLost(place)) {
      return;
    }
    if (holes.isEmpty()) {
      readAll(from, to, into);
    } else {
      Points all = new Points(place.count());
      readAll(from, to, all);
      putVisible(all, into);
    }
  }

  private void readAll(long from, long to, Points into) {
    int number = into.size();
    int histogram = into.histogramCount();
    read(place, from, to, into);
    Place own = starts;
    if (own != null && !block.isLost(own)) {
      Points told = new Points(0);
      read(own, from, to, told);
      tell(told, into, number, histogram);
    }
  }

  private void read(Place what, long from, long to, Points into) {
    boolean whole;
    try {
      whole = block.read(what, series, from, to, into);
    } catch (InternalError e) {
      // How the JVM says that the file behind a mapping could not be read.
      Unavailable lost = block.lose(what, series, new byte[0]);
      lost.addSuppressed(e);
      throw lost;
    }
    if (!whole) {
      throw block.lose(what, series, block.raw(what));
    }
  }

  /// They have the times of the samples, each.
  private static void tell(Points told, Points into, int number, int histogram) {
    for (int i = 0; i < told.size(); i++) {
      long start = (long) told.value(i);
      if (number < into.size()) {
        into.startedAt(number + i, start);
      } else {
        into.histogramStartedAt(histogram + i, start);
      }
    }
  }

  private void putVisible(Points all, Points into) {
    for (int i = 0; i < all.size(); i++) {
      if (isVisible(all.timestamp(i))) {
        into.add(all.timestamp(i), all.value(i));
        into.startedAt(all.start(i));
      }
    }
    for (int i = 0; i < all.histogramCount(); i++) {
      if (isVisible(all.histogramTimestamp(i))) {
        into.add(all.histogramTimestamp(i), all.histogram(i));
        into.histogramStartedAt(all.histogramStart(i));
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
