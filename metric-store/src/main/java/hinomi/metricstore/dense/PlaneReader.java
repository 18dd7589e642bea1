package hinomi.metricstore.dense;

import java.util.Arrays;

/// Reads a column that [Planes] packed, any part of it. Made to be used again; one thread.
final class PlaneReader {
  private int[] words = new int[1 << 10];
  private int[] above = new int[1 << 10];
  private final DenseInput in;
  private int position;
  private int count;
  private int width;

  PlaneReader(DenseInput in) {
    this.in = in;
  }

  /// Takes a column of so many numbers from the input, to be unpacked later.
  ///
  /// @param bits of a number, 0…32; with 0 bits all are zero
  void open(int numbers, int bits) {
    position = in.position();
    count = numbers;
    width = bits;
    if (bits > 0) {
      int planes = Planes.planes(bits);
      int lanes = numbers / planes;
      in.skipBits(32L * Planes.words(bits, lanes));
      in.skipBits((long) (numbers - lanes * planes) * bits);
    }
  }

  /// Sets `into[from…to)`.
  void unpack(int[] into, int from, int to) {
    if (width == 0) {
      Arrays.fill(into, from, to, 0);
      return;
    }
    int planes = Planes.planes(width);
    int lanes = count / planes;
    int total = Planes.words(width, lanes);
    if (total > words.length) {
      words = new int[Math.max(total, words.length * 2)];
    }
    if (to > above.length) {
      above = new int[Math.max(to, above.length * 2)];
    }
    boolean most = to - from > count / 2;
    if (most) {
      in.ints(position, words, 0, total);
    }
    for (int j = lanes == 0 ? 0 : from / lanes; j < planes && j * lanes < to; j++) {
      int begin = Math.max(from, j * lanes);
      int end = Math.min(to, (j + 1) * lanes);
      if (begin >= end) {
        break;
      }
      int bit = j * width;
      int word = (bit >>> 5) * lanes + begin - j * lanes;
      boolean across = (bit & 31) + width > 32;
      if (most) {
        System.arraycopy(words, word, into, begin, end - begin);
        if (across) {
          System.arraycopy(words, word + lanes, above, begin, end - begin);
        }
      } else {
        in.ints(position + 4 * word, into, begin, end - begin);
        if (across) {
          in.ints(position + 4 * (word + lanes), above, begin, end - begin);
        }
      }
      cut(bit & 31, across, into, begin, end);
    }
    rest(into, Math.max(from, planes * lanes), to, planes * lanes, 4 * total);
  }

  // Both arrays have the same index: only then can the compiler rule out that they overlap.
  private void cut(int shift, boolean across, int[] into, int begin, int end) {
    int mask = -1 >>> (32 - width);
    if (across) {
      int[] upper = above;
      int back = 32 - shift;
      for (int i = begin; i < end; i++) {
        into[i] = ((into[i] >>> shift) | (upper[i] << back)) & mask;
      }
    } else {
      for (int i = begin; i < end; i++) {
        into[i] = (into[i] >>> shift) & mask;
      }
    }
  }

  private void rest(int[] into, int from, int to, int first, int bytesBefore) {
    int mask = -1 >>> (32 - width);
    for (int i = from; i < to; i++) {
      long bit = (long) (i - first) * width;
      into[i] = (int) in.wordAt(position + bytesBefore, bit) & mask;
    }
  }
}
