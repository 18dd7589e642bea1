package hinomi.wire;

import hinomi.model.OverLimit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The texts of one remote write 2.0 message, and pairs of them written out as label fields
/// ([hinomi.model.LabelBytes]). A pair is written once and copied from then on: the labels of a
/// host come with each of its series. One use, one thread.
final class Symbols {
  /// A text can be referred to any number of times; this is what all labels together may take.
  private static final long MAX_LABEL_BYTES = 64L << 20;

  /// Pairs that were written are forgotten when they take more.
  private static final int MAX_WRITTEN = 4 << 20;

  private static final long NOTHING = -1;

  private final byte[] bytes;
  private int[] ends = new int[128];
  private int[] begins = new int[128];
  private int size;

  // Written pairs by their two references: one place for each hash.
  private long[] pairs = {};
  private int[] pairBegins = {};
  private int[] pairEnds = {};
  private final LabelGathering written = new LabelGathering();
  private final byte[] head = new byte[24];
  private long labelBytes;

  Symbols(byte[] bytes) {
    this.bytes = bytes;
  }

  void add(int begin, int end) {
    if (size == begins.length) {
      begins = Arrays.copyOf(begins, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    begins[size] = begin;
    ends[size++] = end;
  }

  boolean has(long reference) {
    return reference >= 0 && reference < size;
  }

  String text(int reference) {
    return new String(
        bytes, begins[reference], ends[reference] - begins[reference], StandardCharsets.UTF_8);
  }

  boolean is(int reference, byte[] text) {
    return Arrays.equals(bytes, begins[reference], ends[reference], text, 0, text.length);
  }

  /// Adds the label field of a pair to others.
  void label(int name, int value, LabelGathering into) {
    if (pairs.length == 0) {
      forget();
    }
    long pair = ((long) name << 32) | value;
    int place = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 40) & (pairs.length - 1);
    if (pairs[place] != pair) {
      if (written.size() > MAX_WRITTEN) {
        forget();
      }
      pairBegins[place] = written.size();
      write(name, value);
      pairEnds[place] = written.size();
      pairs[place] = pair;
    }
    labelBytes += pairEnds[place] - pairBegins[place];
    if (labelBytes > MAX_LABEL_BYTES) {
      throw OverLimit.size(
          "the labels of the message take more than " + MAX_LABEL_BYTES + " bytes");
    }
    into.add(written.bytes(), pairBegins[place], pairEnds[place]);
  }

  private void forget() {
    int places = Integer.highestOneBit(Math.max(64, Math.min(size, 1 << 15))) * 2;
    pairs = new long[places];
    Arrays.fill(pairs, NOTHING);
    pairBegins = new int[places];
    pairEnds = new int[places];
    written.clear();
  }

  private void write(int name, int value) {
    int nameLength = ends[name] - begins[name];
    int valueLength = ends[value] - begins[value];
    int inside = 2 + varintSize(nameLength) + nameLength + varintSize(valueLength) + valueLength;
    head[0] = 0x0A;
    int at = varint(1, inside);
    head[at] = 0x0A;
    at = varint(at + 1, nameLength);
    written.add(head, 0, at);
    written.add(bytes, begins[name], ends[name]);
    head[0] = 0x12;
    written.add(head, 0, varint(1, valueLength));
    written.add(bytes, begins[value], ends[value]);
  }

  private int varint(int place, int value) {
    int at = place;
    int rest = value;
    while (rest >= 0x80) {
      head[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    head[at++] = (byte) rest;
    return at;
  }

  private static int varintSize(int value) {
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
  }
}
