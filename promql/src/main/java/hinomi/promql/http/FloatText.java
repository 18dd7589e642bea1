package hinomi.promql.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes numbers as Prometheus' API prints them: Go's format 'f', shortest; 'e' below 1e-6 and
/// from 1e21. What a store holds mostly has few decimals, and those digits are found by one
/// multiplication; the others by [ShortestDecimal]. One thread.
final class FloatText {
  /// Room that any number needs at most.
  static final int LONGEST = 32;

  /// Below it, decimals of 15 digits and doubles are one to one (IEEE 754), so that the digits
  /// found are the shortest.
  private static final double UNIQUE = 1e15;

  /// More than a product may be rounded by.
  private static final double NEARLY = 1e-15;

  private static final double EXPONENT_BELOW = 1e-6;
  private static final double EXPONENT_FROM = 1e21;
  private static final long EIGHT_DIGITS = 100_000_000;
  private static final long[] POWERS = new long[19];

  /// "00" to "99", as two bytes in the order of memory.
  private static final short[] PAIRS = new short[100];

  private static final VarHandle TWO_BYTES =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    long power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
    }
  }

  private final ShortestDecimal shortest = new ShortestDecimal();

  /// Envelope where the text ends. There must be room for [#LONGEST].
  int write(double value, byte[] to, int at) {
    if (Double.isNaN(value)) {
      return ascii("NaN", to, at);
    }
    int begin = at;
    double size = value;
    if (Double.doubleToRawLongBits(value) < 0) {
      to[begin++] = '-';
      size = -value;
    }
    if (size < UNIQUE) {
      long whole = (long) size;
      if (whole == size) {
        return whole(whole, to, begin);
      }
      double scaled = size * 1000;
      long thousandths = (long) (scaled + 0.5);
      // The first comparison spares most other numbers the division.
      if (Math.abs(scaled - thousandths) <= scaled * NEARLY
          && thousandths / 1000.0 == size
          && thousandths < (long) UNIQUE) {
        return thousandths(thousandths, to, begin);
      }
    } else if (size == Double.POSITIVE_INFINITY) {
      return ascii(value > 0 ? "+Inf" : "-Inf", to, at);
    }
    shortest.of(size);
    long digits = shortest.digits();
    return size < EXPONENT_BELOW || size >= EXPONENT_FROM
        ? exponential(digits, shortest.exponent(), to, begin)
        : plain(digits, shortest.exponent(), to, begin);
  }

  /// Format 'e', shortest, as alerts tell their values.
  static String exponential(double value) {
    byte[] text = new byte[LONGEST];
    FloatText floats = new FloatText();
    double size = Math.abs(value);
    int end;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      end = floats.write(value, text, 0);
    } else {
      int begin = 0;
      if (Double.doubleToRawLongBits(value) < 0) {
        text[begin++] = '-';
      }
      if (size > 0) {
        floats.shortest.of(size);
      }
      end =
          size == 0
              ? ascii("0e+00", text, begin)
              : exponential(floats.shortest.digits(), floats.shortest.exponent(), text, begin);
    }
    return new String(text, 0, end, StandardCharsets.US_ASCII);
  }

  private static int thousandths(long all, byte[] to, int at) {
    int end = whole(all / 1000, to, at);
    int rest = (int) (all % 1000);
    to[end++] = '.';
    to[end++] = (byte) ('0' + rest / 100);
    int last = rest % 100;
    pair(last, to, end);
    return last == 0 ? end : last % 10 == 0 ? end + 1 : end + 2;
  }

  private static int plain(long digits, int exponent, byte[] to, int at) {
    int point = length(digits) + exponent;
    if (exponent >= 0) {
      return zeros(exponent, to, whole(digits, to, at));
    }
    if (point <= 0) {
      to[at] = '0';
      to[at + 1] = '.';
      return whole(digits, to, zeros(-point, to, at + 2));
    }
    int end = whole(digits, to, at + 1);
    for (int i = at; i < at + point; i++) {
      to[i] = to[i + 1];
    }
    to[at + point] = '.';
    return end;
  }

  private static int exponential(long digits, int exponent, byte[] to, int at) {
    int end = whole(digits, to, at + 1);
    int scale = end - at - 2 + exponent;
    to[at] = to[at + 1];
    if (end == at + 2) {
      end = at + 1;
    } else {
      to[at + 1] = '.';
    }
    to[end++] = 'e';
    to[end++] = (byte) (scale < 0 ? '-' : '+');
    int size = Math.abs(scale);
    if (size < 10) {
      to[end++] = '0';
    }
    return whole(size, to, end);
  }

  /// @param value not below zero
  static int whole(long value, byte[] to, int at) {
    int end = at + length(value);
    int next = end;
    long rest = value;
    while (rest >= EIGHT_DIGITS) {
      long upper = rest / EIGHT_DIGITS;
      next -= 8;
      eight((int) (rest - upper * EIGHT_DIGITS), to, next);
      rest = upper;
    }
    int left = (int) rest;
    while (left >= 100) {
      int hundreds = left / 100;
      next -= 2;
      pair(left - hundreds * 100, to, next);
      left = hundreds;
    }
    if (left >= 10) {
      pair(left, to, next - 2);
    } else {
      to[next - 1] = (byte) ('0' + left);
    }
    return end;
  }

  /// Exactly eight digits, in two halves that do not wait for each other.
  private static void eight(int value, byte[] to, int at) {
    int upper = value / 10_000;
    int lower = value - upper * 10_000;
    pair(upper / 100, to, at);
    pair(upper % 100, to, at + 2);
    pair(lower / 100, to, at + 4);
    pair(lower % 100, to, at + 6);
  }

  /// Exactly two digits.
  static void pair(int value, byte[] to, int at) {
    TWO_BYTES.set(to, at, PAIRS[value]);
  }

  /// The number of digits: estimated from that of bits (1233 / 4096 is about log₁₀ 2).
  private static int length(long value) {
    int estimate = ((64 - Long.numberOfLeadingZeros(value | 1)) * 1233) >> 12;
    return value >= POWERS[estimate] ? estimate + 1 : Math.max(1, estimate);
  }

  private static int zeros(int count, byte[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = '0';
    }
    return at + count;
  }

  private static int ascii(String text, byte[] to, int at) {
    for (int i = 0; i < text.length(); i++) {
      to[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
