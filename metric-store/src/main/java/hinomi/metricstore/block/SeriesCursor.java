package hinomi.metricstore.block;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Walks over the entries of series in a block's index. Entries say only in what they differ from
/// the one before, so going to a series reads those of its group before it; going on to a near one
/// goes on from where the walk stands. One thread.
final class SeriesCursor {
  private final ByteBuffer bytes;
  private final Footer footer;
  private final IndexCursor in;
  private int number = -1;
  private int[] pairs = new int[16];
  private int pairCount;
  private long nextOffset;
  private Place[] chunks = new Place[4];
  private int chunkCount;

  SeriesCursor(ByteBuffer bytes, Footer footer) {
    this.bytes = bytes;
    this.footer = footer;
    this.in = new IndexCursor(bytes, 0);
  }

  /// Goes to the next series; false behind the last.
  boolean next() {
    if (number + 1 >= footer.series()) {
      return false;
    }
    go(number + 1);
    return true;
  }

  /// Goes to a series.
  void go(int wanted) {
    int group = wanted / IndexWriter.GROUP;
    if (wanted <= number || number < 0 || group != number / IndexWriter.GROUP) {
      in.move(bytes.getInt(footer.places().groups() + 4 * group));
      nextOffset = in.varint();
      number = group * IndexWriter.GROUP - 1;
      pairCount = 0;
    }
    while (number < wanted) {
      read();
      number++;
    }
  }

  private void read() {
    int shared = in.count();
    int others = in.count();
    pairCount = shared + others;
    if (pairCount > pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairCount);
    }
    int last = shared == 0 ? 0 : pairs[shared - 1];
    for (int i = shared; i < pairCount; i++) {
      last += in.count();
      pairs[i] = last;
    }
    chunkCount = in.count();
    if (chunkCount > chunks.length) {
      chunks = new Place[2 * chunkCount];
    }
    for (int i = 0; i < chunkCount; i++) {
      long code = in.varint();
      int length = (int) (code >>> 3);
      Place.Times times = times(in.count());
      nextOffset += (code & 4) != 0 ? times.length() : 0;
      Encoding encoding = Encoding.of((int) code & 3);
      chunks[i] = new Place(times, nextOffset, length, encoding, in.number());
      nextOffset += length;
    }
  }

  private Place.Times times(int column) {
    int at = footer.places().times() + Place.Times.ENTRY * column;
    return new Place.Times(
        column,
        bytes.getLong(at),
        bytes.getInt(at + 24),
        bytes.getInt(at + 28),
        bytes.getLong(at + 8),
        bytes.getLong(at + 16),
        bytes.getInt(at + 32));
  }

  int number() {
    return number;
  }

  int pairCount() {
    return pairCount;
  }

  /// The number of a pair of name and value; they rise.
  int pair(int i) {
    return pairs[i];
  }

  int chunkCount() {
    return chunkCount;
  }

  Place chunk(int i) {
    return chunks[i];
  }
}
