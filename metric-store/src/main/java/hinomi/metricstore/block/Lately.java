package hinomi.metricstore.block;

import hinomi.metricstore.block.Packing.Between;
import hinomi.model.Points;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Short stretches of chunks that were unpacked lately. Dashboards and rules ask for the same few
/// minutes of the same series again and again, and the last minutes of a chunk cost nearly as much
/// to unpack as the whole day. A table of fixed size, in which the newer takes the place of the
/// older; what stands in it was checked when it was unpacked. Any thread.
final class Lately {
  private static final int SLOTS = 1 << 14;

  /// Samples of a stretch.
  private static final int LONGEST = 512;

  /// Samples of all stretches, 8 bytes each, for most share their times; about, for threads that
  /// race may count one wrongly until all are forgotten.
  private static final long MOST = 1 << 21;

  /// What is asked for next is likely near: so much is unpacked at least, milliseconds.
  private static final long SPAN = 15 * 60_000L;

  private volatile AtomicReferenceArray<@Nullable Stretch> slots =
      new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong held = new AtomicLong();
  private volatile long[] lastTimes = {};

  /// @param from since when it has all samples of its chunk, milliseconds since the epoch, included
  /// @param to until when, included
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Stretch(
      long block, long offset, long from, long to, long[] times, double[] values) {}

  /// A chunk of a series in a block.
  record Where(long block, int series, Place place) {
    private int slot() {
      long mixed = series + 7919L * block + 257L * place.times().number();
      mixed += place.encoding() == Encoding.STARTS ? SLOTS / 2 : 0; // not where its numbers are
      return (int) mixed & (SLOTS - 1);
    }
  }

  /// From when on to unpack, so that [#keep] may keep it; `Long.MAX_VALUE` when too much is asked
  /// for.
  static long begin(Place place, long from, long to) {
    if (place.encoding() == Encoding.HISTOGRAM) {
      return Long.MAX_VALUE;
    }
    long end = Math.min(to, place.last());
    long wide = Math.max(place.first(), Math.min(from, end - SPAN));
    if (isShort(place, end - wide)) {
      return wide;
    }
    long narrow = Math.max(place.first(), from);
    return isShort(place, end - narrow) ? narrow : Long.MAX_VALUE;
  }

  private static boolean isShort(Place place, long length) {
    long whole = Math.max(1, place.last() - place.first());
    return (double) place.count() * length / whole <= LONGEST;
  }

  /// Adds the samples between two times, both included, if they are here.
  boolean read(Where where, Between wanted, Points into) {
    Stretch stretch = slots.get(where.slot());
    if (stretch == null
        || stretch.block != where.block
        || stretch.offset != where.place.offset()
        || stretch.from > wanted.from()
        || stretch.to < wanted.to()) {
      return false;
    }
    put(stretch.times, stretch.values, stretch.times.length, wanted, into);
    return true;
  }

  /// Adds what lies between two times of what was unpacked, and keeps all of that.
  ///
  /// @param begin as [#begin] said
  void keep(Where where, long begin, Between wanted, Points unpacked, Points into) {
    int size = unpacked.size();
    put(unpacked.timestamps(), unpacked.values(), size, wanted, into);
    if (size > LONGEST) {
      return; // they are not as evenly spread as they seemed
    }
    Place place = where.place;
    Stretch stretch =
        new Stretch(
            where.block,
            place.offset(),
            begin <= place.first() ? Long.MIN_VALUE : begin,
            wanted.to() >= place.last() ? Long.MAX_VALUE : wanted.to(),
            shared(Arrays.copyOf(unpacked.timestamps(), size)),
            Arrays.copyOf(unpacked.values(), size));
    AtomicReferenceArray<@Nullable Stretch> table = slots;
    Stretch before = table.getAndSet(where.slot(), stretch);
    int more = size - (before == null ? 0 : before.values.length);
    if (held.addAndGet(more) > MOST) {
      held.set(0);
      slots = new AtomicReferenceArray<>(SLOTS);
    }
  }

  private long[] shared(long[] times) {
    long[] last = lastTimes;
    if (Arrays.equals(last, times)) {
      return last;
    }
    lastTimes = times;
    return times;
  }

  private static void put(long[] times, double[] values, int size, Between wanted, Points into) {
    int first = firstFrom(times, size, wanted.from());
    boolean open = wanted.to() == Long.MAX_VALUE;
    int count = (open ? size : firstFrom(times, size, wanted.to() + 1)) - first;
    if (count > 0) {
      into.reserve(count);
      System.arraycopy(times, first, into.timestamps(), into.size(), count);
      System.arraycopy(values, first, into.values(), into.size(), count);
      into.grow(count);
    }
  }

  private static int firstFrom(long[] times, int size, long time) {
    int found = Arrays.binarySearch(times, 0, size, time);
    return found >= 0 ? found : ~found;
  }
}
