package hinomi.metricstore.index;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Names as bytes in pages of up to 1 MiB, instead of a million small arrays. A name has a place:
///
/// ```
///  63            20 19       0
///  ┌───────────────┬──────────┐
///  │ page          │ offset   │      a name never reaches over the end of its page
///  └───────────────┴──────────┘
/// ```
///
/// One thread changes it; any thread may read a place that was handed to it safely. What stands in
/// a page is never overwritten: a page of which much is dead is emptied by moving the rest, and
/// then let go as a whole, so a reader finds a name or no page, never other bytes.
public final class NameArena {
  private static final int OFFSET_BITS = 20;
  private static final int PAGE = 1 << OFFSET_BITS;
  private static final int OFFSET_MASK = PAGE - 1;
  private static final int FIRST_PAGE = 1 << 15;
  private static final int GROWING = 5;

  private volatile byte[] @Nullable [] pages = new byte[16][];
  private int[] dead = new int[16];
  private int current = -1;
  private int used;
  private int end;
  private long size;

  /// Keeps a copy; returns its place.
  public long add(byte[] bytes, int from, int to) {
    int length = to - from;
    if (used + length > end) {
      begin(length);
    }
    byte[] page = pages[current];
    if (page == null) {
      throw new IllegalStateException("BUG: the current page of names is gone");
    }
    System.arraycopy(bytes, from, page, used, length);
    long place = (long) current << OFFSET_BITS | used;
    used += length;
    size += length;
    return place;
  }

  private void begin(int length) {
    current++;
    used = 0;
    end = Math.max(length, current < GROWING ? FIRST_PAGE << current : PAGE);
    byte[] @Nullable [] all = pages;
    if (current == all.length) {
      all = Arrays.copyOf(all, current * 2);
      dead = Arrays.copyOf(dead, current * 2);
    }
    all[current] = new byte[end];
    pages = all;
  }

  /// The page of a place, where the name begins at [#offset]; null when the name has been moved
  /// since its place was read.
  public byte @Nullable [] page(long place) {
    return pages[(int) (place >>> OFFSET_BITS)];
  }

  public static int offset(long place) {
    return (int) place & OFFSET_MASK;
  }

  /// Whether the name at a place is these bytes.
  public boolean is(long place, int length, byte[] bytes, int from, int to) {
    if (to - from != length) {
      return false;
    }
    byte[] page = page(place);
    int begin = offset(place);
    return page != null && Arrays.equals(page, begin, begin + length, bytes, from, to);
  }

  /// Says that nobody needs the name at a place any more.
  public void forget(long place, int length) {
    dead[(int) (place >>> OFFSET_BITS)] += length;
    size -= length;
  }

  /// The pages a quarter of which is dead. Whoever owns the names moves what is left there
  /// ([#isOn], [#add]) and then calls [#release].
  public BitSet sparse() {
    BitSet sparse = new BitSet();
    for (int i = 0; i < current; i++) {
      byte[] page = pages[i];
      if (page != null && dead[i] > page.length / 4) {
        sparse.set(i);
      }
    }
    return sparse;
  }

  /// Whether a place is on one of these pages.
  public static boolean isOn(BitSet some, long place) {
    return some.get((int) (place >>> OFFSET_BITS));
  }

  /// Lets go of pages that nobody refers to.
  public void release(BitSet empty) {
    byte[] @Nullable [] all = pages;
    empty.stream().forEach(i -> all[i] = null);
    pages = all;
  }

  /// Bytes of names that live.
  public long size() {
    return size;
  }
}
