package hinomi.promql.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes milliseconds as Prometheus' API prints times: seconds with three decimals, or with none
/// for a full second. Times that follow each other share their beginning, which is kept. One
/// thread.
final class TimeText {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Seconds are taken apart into so many and the upper rest.
  private static final int LOWER = 10_000;

  /// An upper rest of six digits: seconds of ten, as they are from 2001 to 2286.
  private static final int SIX_DIGITS = 100_000;

  private long lastUpper = -1;
  private long lastText;

  /// Envelope where the text ends. There must be room for [FloatText#LONGEST].
  int write(long millis, byte[] to, int at) {
    int begin = at;
    long size = millis;
    if (millis < 0) {
      to[begin++] = '-';
      size = -millis;
    }
    long full = size / 1000;
    int end = seconds(full, to, begin);
    int rest = (int) (size - full * 1000);
    if (rest != 0) {
      to[end] = '.';
      to[end + 1] = (byte) ('0' + rest / 100);
      FloatText.pair(rest % 100, to, end + 2);
      end += 4;
    }
    return end;
  }

  private int seconds(long full, byte[] to, int at) {
    long upper = full / LOWER;
    if (upper < SIX_DIGITS || upper >= 10 * SIX_DIGITS) {
      return FloatText.whole(full, to, at);
    }
    if (upper == lastUpper) {
      // Two bytes too many, which the lower digits replace.
      EIGHT_BYTES.set(to, at, lastText);
    } else {
      FloatText.whole(upper, to, at);
      lastUpper = upper;
      lastText = (long) EIGHT_BYTES.get(to, at);
    }
    int lower = (int) (full - upper * LOWER);
    FloatText.pair(lower / 100, to, at + 6);
    FloatText.pair(lower % 100, to, at + 8);
    return at + 10;
  }
}
