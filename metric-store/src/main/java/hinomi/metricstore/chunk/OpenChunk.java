package hinomi.metricstore.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs samples of rising timestamps: delta of delta for time, XOR for values (Pelkonen et al.,
/// "Gorilla", VLDB 2015, with the time classes of Prometheus). Every double survives to the last
/// bit. The bits are drawn in `docs/formats/metric-store.md`.
///
/// What is needed to go on, and the bits written last, lie in [#SIZE] bytes of an array that many
/// chunks share, so that those of series that come one behind the other are fetched one behind the
/// other. Bits written earlier lie in a body that the caller keeps and [#spill] makes longer.
///
/// ```
///  0      8      16      24           26      28        29         30            112
///  ┌──────┬──────┬───────┬────────────┬───────┬─────────┬──────────┬──────────────┐
///  │ last │ bits │ delta │ bits in    │ count │ leading │ trailing │ tail, the    │
///  │      │      │       │ the tail   │       │ zeros   │ zeros    │ rest zeros   │
///  └──────┴──────┴───────┴────────────┴───────┴─────────┴──────────┴──────────────┘
/// ```
///
/// Stateless; one thread at a time writes to a chunk, and nobody reads it meanwhile.
public final class OpenChunk {
  /// Bytes of an open chunk.
  public static final int SIZE = 112;

  /// The body of a chunk that fits into its tail.
  public static final byte[] NO_BODY = {};

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int BITS = 8;
  private static final int DELTA = 16;
  private static final int POSITION = 24;
  private static final int COUNT = 26;
  private static final int LEADING = 28;
  private static final int TRAILING = 29;
  private static final int TAIL = 30;

  /// Behind this bit a sample of the worst kind might not fit: 145 bits, written in words of 64.
  private static final int ROOMY = (SIZE - TAIL - 8 - 19) * 8;

  private static final int MAX_LEADING = 31;

  private OpenChunk() {}

  /// The timestamp added last; between two chunks it is whatever [#setLast] said.
  public static long last(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  public static void setLast(byte[] b, int at, long timestamp) {
    LONG.set(b, at, timestamp);
  }

  /// The raw bits of the value added last.
  public static long lastBits(byte[] b, int at) {
    return (long) LONG.get(b, at + BITS);
  }

  public static int count(byte[] b, int at) {
    return (short) SHORT.get(b, at + COUNT);
  }

  /// Whether there is room for one more sample, whatever it is.
  public static boolean hasRoom(byte[] b, int at) {
    return position(b, at) <= ROOMY;
  }

  private static int position(byte[] b, int at) {
    return (short) SHORT.get(b, at + POSITION);
  }

  private static void setPosition(byte[] b, int at, int position) {
    SHORT.set(b, at + POSITION, (short) position);
  }

  /// Adds a sample, for which there must be room and whose timestamp is above all before.
  ///
  /// @param bits the value's raw bits
  public static void append(byte[] b, int at, long timestamp, long bits) {
    int count = count(b, at);
    if (count == 0) {
      begin(b, at, timestamp, bits);
    } else {
      long delta = timestamp - last(b, at);
      long change = delta - (long) LONG.get(b, at + DELTA);
      long xor = bits ^ lastBits(b, at);
      if (change == 0) {
        writeValue(b, at, 0, 1, xor);
      } else {
        LONG.set(b, at + DELTA, delta);
        if (fits(change, 14)) {
          writeValue(b, at, 0b10L << 14 | (change & 0x3FFF), 16, xor);
        } else {
          writeTime(b, at, change);
          writeValue(b, at, 0, 0, xor);
        }
      }
    }
    LONG.set(b, at, timestamp);
    LONG.set(b, at + BITS, bits);
    SHORT.set(b, at + COUNT, (short) (count + 1));
  }

  private static void begin(byte[] b, int at, long timestamp, long bits) {
    LONG.set(b, at + DELTA, 0L);
    b[at + LEADING] = -1;
    WORD.set(b, at + TAIL, timestamp);
    WORD.set(b, at + TAIL + 8, bits);
    setPosition(b, at, 128);
  }

  private static void writeTime(byte[] b, int at, long change) {
    if (fits(change, 17)) {
      write(b, at, 0b110L << 17 | (change & 0x1_FFFF), 20);
    } else if (fits(change, 20)) {
      write(b, at, 0b1110L << 20 | (change & 0xF_FFFF), 24);
    } else {
      write(b, at, 0b1111, 4);
      write(b, at, change, 64);
    }
  }

  private static boolean fits(long value, int bits) {
    return value == value << (64 - bits) >> (64 - bits);
  }

  /// Writes bits that come first, at most 16, and a value. Both at once where they fit into a word,
  /// as nearly always: a word that is read behind one just written costs more than all the rest.
  private static void writeValue(byte[] b, int at, long before, int beforeBits, long xor) {
    if (xor == 0) {
      write(b, at, before << 1, beforeBits + 1);
      return;
    }
    int zerosBefore = Math.min(MAX_LEADING, Long.numberOfLeadingZeros(xor));
    int zerosAfter = Long.numberOfTrailingZeros(xor);
    int leading = b[at + LEADING];
    int trailing = b[at + TRAILING];
    long code;
    int codeBits;
    if (leading >= 0 && zerosBefore >= leading && zerosAfter >= trailing) {
      code = before << 2 | 0b10;
      codeBits = beforeBits + 2;
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      b[at + LEADING] = (byte) leading;
      b[at + TRAILING] = (byte) trailing;
      code = before << 13 | 0b11L << 11 | (long) zerosBefore << 6 | (63 - zerosBefore - zerosAfter);
      codeBits = beforeBits + 13;
    }
    int width = 64 - leading - trailing;
    if (codeBits + width <= 57) {
      write(b, at, code << width | xor >>> trailing, codeBits + width);
    } else {
      write(b, at, code, codeBits);
      write(b, at, xor >>> trailing, width);
    }
  }

  private static void write(byte[] b, int at, long value, int bits) {
    if (bits > 57) {
      write(b, at, value >>> 32, bits - 32);
      write(b, at, value, 32);
    } else if (bits > 0) {
      int position = position(b, at);
      int place = at + TAIL + (position >>> 3);
      long masked = value & (-1L >>> (64 - bits));
      long word = (long) WORD.get(b, place);
      WORD.set(b, place, word | masked << (64 - (position & 7) - bits));
      setPosition(b, at, position + bits);
    }
  }

  /// Makes room in the tail; returns the longer body.
  public static byte[] spill(byte[] b, int at, byte[] body) {
    int position = position(b, at);
    int whole = position >>> 3;
    byte[] longer = Arrays.copyOf(body, body.length + whole);
    System.arraycopy(b, at + TAIL, longer, body.length, whole);
    byte begun = (position & 7) == 0 ? 0 : b[at + TAIL + whole];
    Arrays.fill(b, at + TAIL, at + TAIL + whole + 1, (byte) 0);
    b[at + TAIL] = begun;
    setPosition(b, at, position & 7);
    return longer;
  }

  /// The timestamp of the first sample, of which there must be one.
  public static long first(byte[] b, int at, byte[] body) {
    return body.length == 0 ? (long) WORD.get(b, at + TAIL) : (long) WORD.get(body, 0);
  }

  /// What has been written so far, in bytes of its own.
  public static Chunk chunk(byte[] b, int at, byte[] body) {
    int rest = (position(b, at) + 7) >>> 3;
    byte[] bytes = Arrays.copyOf(body, body.length + rest);
    System.arraycopy(b, at + TAIL, bytes, body.length, rest);
    return new Chunk(bytes, bytes.length, count(b, at), first(b, at, body), last(b, at));
  }

  /// Makes it empty for the next chunk.
  public static void clear(byte[] b, int at) {
    SHORT.set(b, at + COUNT, (short) 0);
    setPosition(b, at, 0);
    Arrays.fill(b, at + TAIL, at + SIZE, (byte) 0);
  }
}
