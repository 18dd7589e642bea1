package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;
import java.util.Arrays;

/// Numbers of a fixed width, laid out in planes so that unpacking is a loop over independent lanes
/// (the "vertical" layout of Lemire and Boytsov, "Decoding billions of integers per second through
/// vectorization", with as many lanes as the count gives). What does not fill a plane follows bit
/// by bit. Read by [PlaneReader]. One thread.
///
/// With `p` planes (the fewest that fill whole words) and `l = count / p` lanes, number `j·l + t`
/// lies at bit `j·width` of lane `t`, and word `q` of lane `t` is word `q·l + t` of all.
final class Planes {
  private int[] words = new int[1 << 10];

  /// @param width 1…32
  static int planes(int width) {
    return 32 >>> Math.min(5, Integer.numberOfTrailingZeros(width));
  }

  /// Words of 32 bits that so many lanes take.
  static int words(int width, int lanes) {
    return lanes * ((width * planes(width)) >>> 5);
  }

  /// @param width 1…32; the numbers have no higher bits
  void pack(int[] numbers, int count, int width, ByteSink out) {
    int planes = planes(width);
    int lanes = count / planes;
    int total = words(width, lanes);
    if (total > words.length) {
      words = new int[Math.max(total, words.length * 2)];
    }
    Arrays.fill(words, 0, total, 0);
    for (int j = 0; j < planes; j++) {
      int word = ((j * width) >>> 5) * lanes;
      int shift = (j * width) & 31;
      for (int t = 0; t < lanes; t++) {
        int number = numbers[j * lanes + t];
        words[word + t] |= number << shift;
        if (shift + width > 32) {
          words[word + lanes + t] |= number >>> (32 - shift);
        }
      }
    }
    out.putInts(words, total);
    BitSink rest = new BitSink(out);
    for (int i = planes * lanes; i < count; i++) {
      rest.put(numbers[i] & 0xFFFFFFFFL, width);
    }
    rest.flush();
  }
}
