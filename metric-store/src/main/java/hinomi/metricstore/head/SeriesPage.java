package hinomi.metricstore.head;

import hinomi.metricstore.chunk.OpenChunk;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What a sample of a known series needs, for 1024 series of neighbouring numbers side by side:
/// senders keep their order, so series that were begun one behind the other also come so, and the
/// processor fetches the next while one is being dealt with. All else is in [HeadSeries].
///
/// The slot of a series:
///
/// ```
///  0              8       12      16                     128
///  ┌──────────────┬───────┬───────┬──────────────────────┐
///  │ end of chunk │ claim │ marks │ OpenChunk            │
///  └──────────────┴───────┴───────┴──────────────────────┘
/// ```
///
/// Slots belong to the committing thread, which changes what queries see under the head's write
/// lock. Places of names and the series that follow are for any thread.
public final class SeriesPage {
  static final int BITS = 10;
  static final int SIZE = 1 << BITS;

  /// The log does not know its name yet.
  static final int UNNAMED = 1;

  /// Somebody wants to know of its samples.
  static final int WATCHED = 2;

  /// The head has let go of it.
  static final int FORGOTTEN = 4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int CLAIM = 8;
  private static final int MARKS = 12;
  private static final int CHUNK = 16;
  private static final int SLOT = CHUNK + OpenChunk.SIZE;

  private final @Nullable HeadSeries[] series = new HeadSeries[SIZE];
  private final byte[] slots = new byte[SIZE * SLOT];
  private final long[] names = new long[SIZE];
  private final int[] lengths = new int[SIZE];
  private final int[] next = new int[SIZE];

  private static int index(int number) {
    return number & (SIZE - 1);
  }

  private static int slot(int number) {
    return index(number) * SLOT;
  }

  /// The array in which the open chunk of a series lies, at [#chunk].
  byte[] slots() {
    return slots;
  }

  static int chunk(int number) {
    return slot(number) + CHUNK;
  }

  // Series by number.

  /// The series that goes by a number of this page.
  public @Nullable HeadSeries series(int number) {
    return series[index(number)];
  }

  void set(int number, @Nullable HeadSeries one) {
    series[index(number)] = one;
  }

  /// Makes the place of a series that is new ready.
  void begin(int number, long name, int length) {
    OpenChunk.setLast(slots, chunk(number), Long.MIN_VALUE);
    next[index(number)] = number + 1;
    lengths[index(number)] = length;
    moveName(number, name);
  }

  // For admission.

  /// Whether its number is void, and its name leads to another series or to none.
  public boolean isForgotten(int number) {
    return (marks(number) & FORGOTTEN) != 0;
  }

  /// Whether its samples need more than to be taken; then [HeadSeries] tells what.
  public boolean isMarked(int number) {
    return marks(number) != 0;
  }

  int marks(int number) {
    return (int) INT.get(slots, slot(number) + MARKS);
  }

  void setMarks(int number, int marks) {
    INT.set(slots, slot(number) + MARKS, marks);
  }

  /// Timestamp of the newest sample, be it in memory or in a block by now; `Long.MIN_VALUE` when
  /// there is none.
  public long newest(int number) {
    return OpenChunk.last(slots, chunk(number));
  }

  /// Where in a group commit the newest sample of this series stands that is not applied yet; a
  /// hint that the group checks.
  public int claim(int number) {
    return (int) INT.get(slots, slot(number) + CLAIM);
  }

  public void setClaim(int number, int place) {
    INT.set(slots, slot(number) + CLAIM, place);
  }

  // Samples.

  long end(int number) {
    return (long) LONG.get(slots, slot(number));
  }

  void setEnd(int number, long end) {
    LONG.set(slots, slot(number), end);
  }

  /// Takes a number that was admitted. A timestamp that is there already changes nothing.
  void take(int number, long timestamp, long bits, long span) {
    int chunk = chunk(number);
    int count = OpenChunk.count(slots, chunk);
    if (timestamp > OpenChunk.last(slots, chunk)
        && timestamp < end(number)
        && count > 0
        && count < HeadSeries.CHUNK_SAMPLES
        && OpenChunk.hasRoom(slots, chunk)) {
      OpenChunk.append(slots, chunk, timestamp, bits);
      return;
    }
    HeadSeries one = series(number);
    if (one == null) {
      throw new IllegalStateException("BUG: a sample for a series that is gone");
    }
    one.take(timestamp, bits, span);
  }

  // Names.

  /// Where the name lies in the arena.
  long name(int number) {
    return (long) PLACE.getVolatile(names, index(number));
  }

  int nameLength(int number) {
    return lengths[index(number)];
  }

  void moveName(int number, long place) {
    PLACE.setVolatile(names, index(number), place);
  }

  /// The series that came behind this one in the last batch: a guess, for any thread to read and to
  /// set.
  int next(int number) {
    return next[index(number)];
  }

  void setNext(int number, int following) {
    next[index(number)] = following;
  }

  /// Lets go of forgotten series; returns whether none is left.
  boolean tidy() {
    boolean empty = true;
    for (int i = 0; i < SIZE; i++) {
      HeadSeries one = series[i];
      if (one != null && one.isForgotten()) {
        series[i] = null;
      }
      empty &= series[i] == null;
    }
    return empty;
  }
}
