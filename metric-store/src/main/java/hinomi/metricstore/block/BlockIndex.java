package hinomi.metricstore.block;

import hinomi.metricstore.index.LabelIndex;
import hinomi.model.Labels;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// The index of a block, read where it is mapped. Only the label names are kept in memory; texts
/// and labels that were asked for stay as long as memory is not short. Any thread.
final class BlockIndex implements LabelIndex {
  private static final ImmutableRoaringBitmap NOTHING = new MutableRoaringBitmap();

  private final ByteBuffer bytes;
  private final Footer footer;
  private final String[] names;
  private final int[] firstPair;
  private volatile SoftReference<@Nullable String[]> values = new SoftReference<>(null);
  private volatile SoftReference<@Nullable Labels[]> labels = new SoftReference<>(null);

  BlockIndex(ByteBuffer bytes, Footer footer) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.footer = footer;
    IndexCursor cursor = new IndexCursor(this.bytes, footer.places().names());
    this.names = new String[cursor.count()];
    this.firstPair = new int[names.length + 1];
    for (int i = 0; i < names.length; i++) {
      names[i] = cursor.text();
      firstPair[i + 1] = firstPair[i] + cursor.count();
    }
  }

  /// A walk over the series, quick when their numbers rise.
  SeriesCursor cursor() {
    return new SeriesCursor(bytes, footer);
  }

  /// The labels of the series at which a cursor stands.
  Labels labels(SeriesCursor at) {
    @Nullable Labels[] known = labels.get();
    if (known == null) {
      known = new Labels[footer.series()];
      labels = new SoftReference<>(known);
    }
    Labels found = known[at.number()];
    if (found == null) {
      found = fleeting(at);
      known[at.number()] = found; // two threads may build the same one: it is immutable
    }
    return found;
  }

  /// The same without keeping them: for whoever walks over all.
  Labels fleeting(SeriesCursor at) {
    String[] pairs = new String[2 * at.pairCount()];
    int name = 0;
    for (int i = 0; i < at.pairCount(); i++) {
      int pair = at.pair(i);
      while (firstPair[name + 1] <= pair) {
        name++;
      }
      pairs[2 * i] = names[name];
      pairs[2 * i + 1] = value(pair);
    }
    return Labels.of(pairs);
  }

  private String value(int pair) {
    @Nullable String[] known = values.get();
    if (known == null) {
      known = new String[footer.places().pairCount()];
      values = new SoftReference<>(known);
    }
    String found = known[pair];
    if (found == null) {
      int entry = entry(pair);
      int begin = bytes.getInt(entry);
      byte[] utf8 = new byte[bytes.getInt(entry + 8) - begin];
      bytes.get(begin, utf8);
      found = new String(utf8, StandardCharsets.UTF_8);
      known[pair] = found;
    }
    return found;
  }

  private int entry(int pair) {
    return footer.places().pairs() + 8 * pair;
  }

  @Override
  public ImmutableRoaringBitmap all() {
    return MutableRoaringBitmap.bitmapOfRange(0, footer.series());
  }

  @Override
  public ImmutableRoaringBitmap postings(String name, String value) {
    int pair = pair(name, value);
    if (pair < 0) {
      return NOTHING;
    }
    int carriers = bytes.getInt(entry(pair) + 4);
    return (carriers & IndexWriter.ALONE) != 0
        ? MutableRoaringBitmap.bitmapOf(carriers & ~IndexWriter.ALONE)
        : new ImmutableRoaringBitmap(bytes.slice(carriers, bytes.capacity() - carriers));
  }

  /// The number of a pair, or -1.
  private int pair(String name, String value) {
    int at = Arrays.binarySearch(names, name);
    if (at < 0) {
      return -1;
    }
    int low = firstPair[at];
    int high = firstPair[at + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = value(middle).compareTo(value);
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

  /// The values of a label, sorted.
  @Override
  public List<String> values(String name) {
    int at = Arrays.binarySearch(names, name);
    if (at < 0) {
      return List.of();
    }
    String[] found = new String[firstPair[at + 1] - firstPair[at]];
    for (int i = 0; i < found.length; i++) {
      found[i] = value(firstPair[at] + i);
    }
    return List.of(found);
  }

  /// The names of labels, sorted.
  List<String> names() {
    return List.of(names);
  }
}
