package hinomi.metricstore.block;

import hinomi.metricstore.index.LabelIndex;
import hinomi.model.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// The index of a block, read where it is mapped; nothing of it is kept in memory. Any thread.
final class BlockIndex implements LabelIndex {
  private static final ImmutableRoaringBitmap NOTHING = new MutableRoaringBitmap();

  private final ByteBuffer bytes;
  private final Footer footer;

  BlockIndex(ByteBuffer bytes, Footer footer) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.footer = footer;
  }

  /// What the index says about one series.
  ///
  /// @param labels the series
  /// @param chunks where its chunks lie, in time order
  record Entry(Labels labels, List<Place> chunks) {}

  /// Where a chunk lies.
  ///
  /// @param offset in the file
  /// @param checksum CRC32C of its bytes
  record Place(long offset, int length, int count, long first, long last, int checksum) {}

  Entry entry(int number) {
    Reader reader = new Reader(bytes.getInt(footer.series() + 4 * number));
    String[] pairs = new String[2 * (int) reader.varint()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = text((int) reader.varint());
    }
    int count = (int) reader.varint();
    long offset = reader.varint();
    List<Place> places = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long first = before + reader.zigzag();
      long last = first + reader.varint();
      int samples = (int) reader.varint();
      int length = (int) reader.varint();
      places.add(new Place(offset, length, samples, first, last, reader.number()));
      offset += length;
      before = last;
    }
    return new Entry(Labels.of(pairs), places);
  }

  private final class Reader {
    private int at;

    Reader(int at) {
      this.at = at;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes.get(at++);
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    long zigzag() {
      long value = varint();
      return value >>> 1 ^ -(value & 1);
    }

    int number() {
      at += 4;
      return bytes.getInt(at - 4);
    }
  }

  @Override
  public ImmutableRoaringBitmap all() {
    return MutableRoaringBitmap.bitmapOfRange(0, footer.seriesCount());
  }

  @Override
  public ImmutableRoaringBitmap postings(String name, String value) {
    int nameEntry = nameEntry(name);
    int wanted = nameEntry < 0 ? -1 : find(value);
    if (wanted < 0) {
      return NOTHING;
    }
    int table = bytes.getInt(nameEntry + 4);
    int found = search(table, bytes.getInt(nameEntry + 8), 8, wanted);
    if (found < 0) {
      return NOTHING;
    }
    int offset = bytes.getInt(table + 8 * found + 4);
    return new ImmutableRoaringBitmap(bytes.slice(offset, bytes.capacity() - offset));
  }

  @Override
  public List<String> values(String name) {
    int nameEntry = nameEntry(name);
    if (nameEntry < 0) {
      return List.of();
    }
    int table = bytes.getInt(nameEntry + 4);
    int count = bytes.getInt(nameEntry + 8);
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(text(bytes.getInt(table + 8 * i)));
    }
    return values;
  }

  List<String> names() {
    int count = bytes.getInt(footer.names());
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(text(bytes.getInt(footer.names() + 4 + 12 * i)));
    }
    return names;
  }

  /// Where the entry of a name lies, or -1.
  private int nameEntry(String name) {
    int wanted = find(name);
    int table = footer.names() + 4;
    int found = wanted < 0 ? -1 : search(table, bytes.getInt(footer.names()), 12, wanted);
    return found < 0 ? -1 : table + 12 * found;
  }

  /// The position of a text's number among entries of a width, sorted by it; negative when absent.
  private int search(int table, int count, int width, int wanted) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compare(bytes.getInt(table + width * middle), wanted);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /// The number of a text, or -1.
  private int find(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = bytes.getInt(footer.texts()) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(utf8(middle), wanted);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private String text(int number) {
    return new String(utf8(number), StandardCharsets.UTF_8);
  }

  private byte[] utf8(int number) {
    int entry = footer.texts() + 4 + 4 * number;
    int begin = bytes.getInt(entry);
    byte[] text = new byte[bytes.getInt(entry + 4) - begin];
    bytes.get(begin, text);
    return text;
  }
}
