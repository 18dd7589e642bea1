package hinomi.metricstore.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// A label with one value, and the series that carry it: a few as plain numbers, many as a bitmap,
/// for most pairs have few and a bitmap of its own would cost each of them 200 bytes. Whoever
/// guards the index guards the series; name and value any thread may read.
public final class Pair {
  private static final int FEW = 32;
  private static final int[] NO_NUMBERS = {};

  private final LabelName name;
  private final byte[] bytes;
  private @Nullable String value;
  private int[] few = NO_NUMBERS;
  private @Nullable MutableRoaringBitmap many;
  private int count;
  private @Nullable Arrivals arrivals;

  /// @param bytes as in [hinomi.model.LabelBytes]: `0A length name 12 length value`
  Pair(LabelName name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /// The name that stands in such bytes.
  static String nameIn(byte[] bytes, int from) {
    int begin = behindVarint(bytes, from + 1);
    return new String(bytes, begin, length(bytes, from + 1), StandardCharsets.UTF_8);
  }

  private static int length(byte[] bytes, int at) {
    int length = 0;
    for (int shift = 0, i = at; ; shift += 7, i++) {
      length |= (bytes[i] & 0x7F) << shift;
      if (bytes[i] >= 0) {
        return length;
      }
    }
  }

  private static int behindVarint(byte[] bytes, int at) {
    int behind = at;
    while (bytes[behind] < 0) {
      behind++;
    }
    return behind + 1;
  }

  boolean is(byte[] other, int from, int to) {
    return Arrays.equals(bytes, 0, bytes.length, other, from, to);
  }

  byte[] bytes() {
    return bytes;
  }

  public LabelName name() {
    return name;
  }

  /// The value's text, made when it is first asked for and then shared by all.
  public String value() {
    String known = value;
    if (known == null) {
      int tag = behindVarint(bytes, 1) + length(bytes, 1);
      int begin = behindVarint(bytes, tag + 1);
      known = new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8);
      value = known; // a race makes the same text twice, which does no harm
    }
    return known;
  }

  /// How many series carry it.
  public int count() {
    return count;
  }

  /// Where arrivals of samples of these series are noted; only metrics have such.
  public @Nullable Arrivals arrivals() {
    return arrivals;
  }

  void setArrivals(@Nullable Arrivals noted) {
    arrivals = noted;
  }

  /// Adds a number above all before.
  void add(int number) {
    if (many != null) {
      many.add(number);
    } else if (count < FEW) {
      if (count == few.length) {
        few = Arrays.copyOf(few, Math.max(1, count * 2));
      }
      few[count] = number;
    } else {
      many = MutableRoaringBitmap.bitmapOf(few);
      many.add(number);
      few = NO_NUMBERS;
    }
    count++;
  }

  void remove(int number) {
    if (many != null) {
      count -= many.checkedRemove(number) ? 1 : 0;
      return;
    }
    int at = Arrays.binarySearch(few, 0, count, number);
    if (at >= 0) {
      System.arraycopy(few, at + 1, few, at, count - at - 1);
      count--;
    }
  }

  void addTo(MutableRoaringBitmap union) {
    if (many != null) {
      union.or(many);
    } else {
      for (int i = 0; i < count; i++) {
        union.add(few[i]);
      }
    }
  }

  /// Never to be changed.
  ImmutableRoaringBitmap numbers() {
    return many != null ? many : MutableRoaringBitmap.bitmapOf(Arrays.copyOf(few, count));
  }

  /// Whether it holds for some series.
  public boolean any(IntPredicate test) {
    if (many != null) {
      for (var each = many.getIntIterator(); each.hasNext(); ) {
        if (test.test(each.next())) {
          return true;
        }
      }
      return false;
    }
    return Arrays.stream(few, 0, count).anyMatch(test);
  }

  /// Calls for each series, in rising order.
  public void each(IntConsumer taker) {
    if (many != null) {
      many.forEach((int number) -> taker.accept(number));
    } else {
      for (int i = 0; i < count; i++) {
        taker.accept(few[i]);
      }
    }
  }
}
