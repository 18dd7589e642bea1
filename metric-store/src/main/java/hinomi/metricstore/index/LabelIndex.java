package hinomi.metricstore.index;

import java.util.Collection;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/// Which series carry which label, in the head or in one block. Series go by numbers that mean
/// something only there. The bitmaps must not be changed.
public interface LabelIndex {
  /// Every series.
  ImmutableRoaringBitmap all();

  /// The series that carry a label with exactly this value; empty when there is none.
  ImmutableRoaringBitmap postings(String name, String value);

  /// The values that a label has, in no particular order.
  Collection<String> values(String name);
}
