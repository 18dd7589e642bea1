package hinomi.metricstore.block;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.model.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// Gathers the index of a block while its series are written one by one: what it keeps in memory is
/// about as large as the index will be. Pairs of name and value get a number when first seen; the
/// final numbers, in sorted order, are known only at the end. One thread.
final class IndexWriter {
  /// Series whose entries share a beginning; reading one reads those of its group before it.
  static final int GROUP = 16;

  /// Marks a pair that one series alone carries: the rest is that series' number.
  static final int ALONE = 1 << 31;

  private final Map<String, Map<String, Pair>> byName = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final ByteSink entries = new ByteSink(1 << 16);
  private final ByteSink index = new ByteSink(1 << 16);
  private int series;
  private int columns;

  /// One name and value, and who carries it.
  private static final class Pair {
    final String name;
    final String value;
    int number;
    private final int first;
    private @Nullable MutableRoaringBitmap carriers;

    Pair(String name, String value, int first) {
      this.name = name;
      this.value = value;
      this.first = first;
    }

    void add(int carrier) {
      MutableRoaringBitmap known = carriers;
      if (known == null && carrier != first) {
        known = MutableRoaringBitmap.bitmapOf(first);
        carriers = known;
      }
      if (known != null) {
        known.add(carrier);
      }
    }
  }

  /// Adds the next series in order.
  ///
  /// @param begin where its first chunk begins in the file
  /// @param chunks its chunks, which lie one behind the other and behind those of the series
  ///   before; the first chunk with a column of times has that column in front of it
  void add(Labels labels, long begin, List<Place> chunks) {
    if (series % GROUP == 0) {
      entries.putVarint(begin);
    }
    entries.putVarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      entries.putVarint(pair(labels.name(i), labels.value(i)).number);
    }
    entries.putVarint(chunks.size());
    for (Place chunk : chunks) {
      boolean brings = chunk.times().number() == columns;
      columns += brings ? 1 : 0;
      entries.putVarint((long) chunk.length() << 3 | (brings ? 4 : 0) | chunk.encoding().code());
      entries.putVarint(chunk.times().number());
      entries.putInt(chunk.checksum());
    }
    series++;
  }

  private Pair pair(String name, String value) {
    Pair pair =
        byName
            .computeIfAbsent(name, _ -> new HashMap<>())
            .computeIfAbsent(
                value,
                _ -> {
                  Pair added = new Pair(name, value, series);
                  added.number = pairs.size();
                  pairs.add(added);
                  return added;
                });
    pair.add(series);
    return pair;
  }

  int series() {
    return series;
  }

  /// Brings all into its final form; afterwards [#bytes] is the index.
  ///
  /// @param times the table of columns of times
  Footer.Places finish(byte[] times) {
    int[] provisional = sorted();
    int[] carriers = new int[pairs.size()];
    for (Pair pair : pairs) {
      carriers[pair.number] = carriers(pair);
    }
    int[] texts = new int[pairs.size() + 1];
    for (Pair pair : pairs) {
      texts[pair.number] = index.size();
      byte[] utf8 = pair.value.getBytes(StandardCharsets.UTF_8);
      index.put(utf8, utf8.length);
    }
    texts[pairs.size()] = index.size();
    int names = putNames();
    int pairsAt = index.size();
    for (int i = 0; i < carriers.length; i++) {
      index.putInt(texts[i]);
      index.putInt(carriers[i]);
    }
    index.putInt(texts[carriers.length]);
    int groups = putEntries(provisional);
    int timesAt = index.size();
    index.put(times, times.length);
    return new Footer.Places(pairsAt, carriers.length, names, groups, timesAt);
  }

  /// Sorts the pairs, gives them their final numbers, and returns those by the first ones.
  private int[] sorted() {
    Pair[] inOrder = pairs.toArray(Pair[]::new);
    Arrays.sort(
        inOrder,
        (a, b) -> {
          int order = a.name.compareTo(b.name);
          return order != 0 ? order : a.value.compareTo(b.value);
        });
    int[] provisional = new int[inOrder.length];
    for (int i = 0; i < inOrder.length; i++) {
      provisional[inOrder[i].number] = i;
      inOrder[i].number = i;
    }
    pairs.clear();
    pairs.addAll(Arrays.asList(inOrder));
    return provisional;
  }

  private int carriers(Pair pair) {
    MutableRoaringBitmap carriers = pair.carriers;
    if (carriers == null) {
      return ALONE | pair.first;
    }
    int at = index.size();
    carriers.runOptimize();
    ByteBuffer buffer =
        ByteBuffer.allocate(carriers.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
    carriers.serialize(buffer);
    index.put(buffer.array(), buffer.capacity());
    return at;
  }

  private int putNames() {
    int begin = index.size();
    index.putVarint(byName.size());
    for (int i = 0; i < pairs.size(); ) {
      String name = pairs.get(i).name;
      int count = byName.getOrDefault(name, Map.of()).size();
      index.putText(name);
      index.putVarint(count);
      i += count;
    }
    return begin;
  }

  private int putEntries(int[] numbers) {
    ByteSource source = new ByteSource(Arrays.copyOf(entries.bytes(), entries.size()));
    entries.shrink(0);
    int[] groups = new int[(series + GROUP - 1) / GROUP];
    int[] before = {};
    for (int i = 0; i < series; i++) {
      if (i % GROUP == 0) {
        groups[i / GROUP] = index.size();
        index.putVarint(source.takeVarint());
        before = new int[0];
      }
      int[] own = new int[source.takeCount()];
      for (int k = 0; k < own.length; k++) {
        own[k] = numbers[source.takeCount()];
      }
      putPairs(own, before);
      putChunks(source);
      before = own;
    }
    int begin = index.size();
    for (int group : groups) {
      index.putInt(group);
    }
    return begin;
  }

  /// How many pairs are those of the series before, then the others by their distance.
  private void putPairs(int[] own, int[] before) {
    int mismatch = Arrays.mismatch(own, before);
    int shared = mismatch < 0 ? own.length : mismatch;
    index.putVarint(shared);
    index.putVarint(own.length - shared);
    int last = shared == 0 ? 0 : own[shared - 1];
    for (int i = shared; i < own.length; i++) {
      index.putVarint(own[i] - last);
      last = own[i];
    }
  }

  private void putChunks(ByteSource source) {
    int chunks = source.takeCount();
    index.putVarint(chunks);
    for (int i = 0; i < chunks; i++) {
      index.putVarint(source.takeVarint());
      index.putVarint(source.takeVarint());
      index.putInt(source.takeInt());
    }
  }

  ByteSink bytes() {
    return index;
  }
}
