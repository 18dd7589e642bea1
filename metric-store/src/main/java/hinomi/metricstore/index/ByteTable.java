package hinomi.metricstore.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Finds the number that stands for some bytes. The bytes themselves lie with whoever owns the
/// table; here are only numbers and 31 bits of each hash, side by side, so that a look-up touches
/// one cache line and then the bytes.
///
/// One thread at a time changes it; any thread may look up meanwhile. A look-up that races with a
/// change may miss what is being added, but never finds a number whose bytes are other ones.
public final class ByteTable {
  /// No such bytes.
  public static final int NONE = Integer.MIN_VALUE;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

  private final ByteHash hash;
  private final Keys keys;
  private volatile long[] slots = new long[1 << 10];
  private int used;

  /// Knows the bytes behind the numbers.
  @FunctionalInterface
  public interface Keys {
    /// Whether the number stands for these bytes; numbers that nobody has any more may be asked
    /// for.
    boolean is(int number, byte[] bytes, int from, int to);
  }

  /// Says what stays when numbers have gone.
  @FunctionalInterface
  public interface Kept {
    boolean stays(int number);
  }

  public ByteTable(ByteHash hash, Keys keys) {
    this.hash = hash;
    this.keys = keys;
  }

  /// The number of these bytes, or [#NONE].
  public int find(byte[] bytes, int from, int to) {
    long[] table = slots;
    int mask = table.length - 1;
    int tag = tag(bytes, from, to);
    for (int at = tag & mask; ; at = (at + 1) & mask) {
      long slot = (long) SLOT.getAcquire(table, at);
      if (slot == 0) {
        return NONE;
      }
      if ((int) (slot >>> 32) == tag && keys.is((int) slot, bytes, from, to)) {
        return (int) slot;
      }
    }
  }

  /// Never 0, for that marks an empty slot.
  private int tag(byte[] bytes, int from, int to) {
    return (int) (hash.of(bytes, from, to) >>> 32) | Integer.MIN_VALUE;
  }

  /// Adds bytes that are not there. Their owner must know them before.
  public void add(byte[] bytes, int from, int to, int number) {
    if ((used + 1) * 5L > slots.length * 3L) {
      slots = refilled(slots.length * 2, _ -> true);
    }
    put(slots, tag(bytes, from, to) & 0xFFFF_FFFFL, number);
    used++;
  }

  /// Forgets all but some.
  public void keep(Kept kept) {
    int fits = 1 << 10;
    int staying = 0;
    for (long slot : slots) {
      staying += slot != 0 && kept.stays((int) slot) ? 1 : 0;
    }
    while (staying * 2L > fits) {
      fits *= 2;
    }
    slots = refilled(fits, kept);
    used = staying;
  }

  private long[] refilled(int size, Kept kept) {
    long[] refilled = new long[size];
    for (long slot : slots) {
      if (slot != 0 && kept.stays((int) slot)) {
        put(refilled, slot >>> 32, (int) slot);
      }
    }
    return refilled;
  }

  private static void put(long[] table, long tag, int number) {
    int mask = table.length - 1;
    int at = (int) tag & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    SLOT.setRelease(table, at, tag << 32 | (number & 0xFFFF_FFFFL));
  }
}
