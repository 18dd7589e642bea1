package hinomi.metricstore.index;

import java.util.Collection;
import org.roaringbitmap.buffer.BufferFastAggregation;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/// Which series carry which label, in the head or in one block. Series go by numbers that mean
/// something only there. The bitmaps must not be changed.
public interface LabelIndex {
  /// Every series.
  ImmutableRoaringBitmap all();

  /// The series that carry a label with exactly this value; empty when there is none.
  ImmutableRoaringBitmap postings(String name, String value);

  /// The series that carry a label with one of these values.
  default ImmutableRoaringBitmap union(String name, Collection<String> values) {
    return BufferFastAggregation.or(values.stream().map(value -> postings(name, value)).iterator());
  }

  /// The values that a label has, in no particular order.
  Collection<String> values(String name);
}
