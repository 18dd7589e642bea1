package hinomi.metricstore.block;

import hinomi.metricstore.index.Selector;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/// What one deletion hides in one block; which series those are is worked out when first asked. Any
/// thread.
final class Hidden {
  private final Tombstone tombstone;
  private volatile @Nullable ImmutableRoaringBitmap series;

  Hidden(Tombstone tombstone) {
    this.tombstone = tombstone;
  }

  Tombstone tombstone() {
    return tombstone;
  }

  boolean means(int number, BlockIndex index) {
    ImmutableRoaringBitmap known = series;
    if (known == null) {
      known = Selector.of(tombstone.matchers(), index::values).resolve(index);
      series = known;
    }
    return known.contains(number);
  }
}
