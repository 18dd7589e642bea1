package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;
import java.util.Arrays;

/// Numbers of a fixed width, laid out in planes so that unpacking is a loop over independent lanes
/// (the "vertical" layout of Lemire and Boytsov, "Decoding billions of integers per second through
/// vectorization", with as many lanes as the count gives). What does not fill a plane follows bit
/// by bit. One thread.
///
/// With `p` planes (the fewest that fill whole words) and `l = count / p` lanes, number `j·l + t`
/// lies at bit `j·width` of lane `t`, and word `q` of lane `t` is word `q·l + t` of all.
final class Planes {
  private int[] words = new int[1 << 10];

  private static int planes(int width) {
    return 32 >>> Math.min(5, Integer.numberOfTrailingZeros(width));
  }

  /// @param width 1…32; the numbers have no higher bits
  void pack(int[] numbers, int count, int width, ByteSink out) {
    int planes = planes(width);
    int lanes = count / planes;
    int total = lanes * ((width * planes) >>> 5);
    room(total);
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
    for (int i = 0; i < total; i++) {
      out.putInt(words[i]);
    }
    BitSink rest = new BitSink(out);
    for (int i = planes * lanes; i < count; i++) {
      rest.put(numbers[i] & 0xFFFFFFFFL, width);
    }
    rest.flush();
  }

  /// @param needed how many of the first numbers are wanted, at most `count`
  void unpack(DenseInput in, int count, int width, int[] into, int needed) {
    int planes = planes(width);
    int lanes = count / planes;
    int total = lanes * ((width * planes) >>> 5);
    room(total);
    in.takeInts(words, total);
    int mask = -1 >>> (32 - width);
    for (int j = 0; j < planes && j * lanes < needed; j++) {
      int word = ((j * width) >>> 5) * lanes;
      int shift = (j * width) & 31;
      if (shift + width <= 32) {
        within(word, shift, mask, into, j * lanes, lanes);
      } else {
        across(word, shift, mask, into, j * lanes, lanes);
      }
    }
    int rest = planes * lanes;
    for (int i = rest; i < needed; i++) {
      into[i] = (int) in.peek((long) (i - rest) * width) & mask;
    }
    in.skipBits((long) (count - rest) * width);
  }

  private void within(int word, int shift, int mask, int[] into, int at, int lanes) {
    int[] from = words;
    for (int t = 0; t < lanes; t++) {
      into[at + t] = (from[word + t] >>> shift) & mask;
    }
  }

  private void across(int word, int shift, int mask, int[] into, int at, int lanes) {
    int[] from = words;
    int next = word + lanes;
    int back = 32 - shift;
    for (int t = 0; t < lanes; t++) {
      into[at + t] = ((from[word + t] >>> shift) | (from[next + t] << back)) & mask;
    }
  }

  private void room(int total) {
    if (total > words.length) {
      words = new int[Math.max(total, words.length * 2)];
    }
  }
}
