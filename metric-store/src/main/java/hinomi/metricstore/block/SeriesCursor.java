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
  private long groupBegin;
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
      groupBegin = in.zigzag();
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
    long before = groupBegin;
    for (int i = 0; i < chunkCount; i++) {
      long first = before + in.zigzag();
      before = first + in.varint();
      long count = in.varint();
      int length = in.count();
      Encoding encoding = Encoding.of((int) count & 3);
      int checksum = in.number();
      chunks[i] =
          new Place(nextOffset, length, encoding, (int) (count >> 2), first, before, checksum);
      nextOffset += length;
    }
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
