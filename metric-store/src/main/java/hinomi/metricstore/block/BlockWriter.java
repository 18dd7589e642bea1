package hinomi.metricstore.block;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Frames;
import hinomi.model.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/// Writes one block: chunks, then the index over them, then the footer. The layout is drawn in
/// `docs/formats/metric-store.md`. One thread, one file.
final class BlockWriter {
  private static final int CUT = 1 << 20;

  private final FileChannel channel;
  private final ByteSink chunks = new ByteSink(CUT + (CUT >> 2));
  private final ByteSink index = new ByteSink(1 << 16);
  private final Map<String, Integer> textNumbers = new HashMap<>();
  private final Map<Integer, TreeMap<Integer, MutableRoaringBitmap>> postings = new TreeMap<>();
  private long offset;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long sampleCount;

  private BlockWriter(FileChannel channel) {
    this.channel = channel;
  }

  /// Writes and syncs a file that nobody reads yet.
  ///
  /// @param contents sorted by labels
  static void write(Path temporary, List<Content> contents) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      new BlockWriter(channel).write(contents);
      channel.force(true);
    }
  }

  private void write(List<Content> contents) throws IOException {
    chunks.putLong(Footer.MAGIC);
    int texts = index.size();
    putTexts(contents);
    ByteSink entries = new ByteSink(1 << 16);
    int[] entryOffsets = new int[contents.size()];
    for (int number = 0; number < entryOffsets.length; number++) {
      entryOffsets[number] = entries.size();
      putSeries(contents.get(number), number, entries);
    }
    flushChunks();
    int series = index.size();
    int entriesBegin = series + 4 * entryOffsets.length;
    for (int entryOffset : entryOffsets) {
      index.putInt(Math.addExact(entriesBegin, entryOffset));
    }
    index.put(entries.bytes(), entries.size());
    int names = putPostings();
    int checksum = Frames.checksum(index.bytes(), 0, index.size());
    Disk.write(channel, index.bytes(), index.size());
    Footer footer =
        new Footer(
            first,
            last,
            entryOffsets.length,
            sampleCount,
            offset,
            index.size(),
            texts,
            series,
            names,
            checksum);
    Disk.write(channel, footer.bytes(), Footer.LENGTH);
  }

  /// Every label name and value once, sorted as bytes, so that a number stands for it.
  private void putTexts(List<Content> contents) {
    TreeSet<String> seen = new TreeSet<>();
    for (Content content : contents) {
      content
          .labels()
          .forEach((name, value) -> {
            seen.add(name);
            seen.add(value);
          });
    }
    byte[][] texts =
        seen.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    Arrays.sort(texts, Arrays::compareUnsigned);
    int at = index.size() + 4 + 4 * (texts.length + 1);
    index.putInt(texts.length);
    for (byte[] text : texts) {
      index.putInt(at);
      at = Math.addExact(at, text.length);
    }
    index.putInt(at);
    for (int i = 0; i < texts.length; i++) {
      index.put(texts[i], texts[i].length);
      textNumbers.put(new String(texts[i], StandardCharsets.UTF_8), i);
    }
  }

  private int number(String text) {
    Integer number = textNumbers.get(text);
    if (number == null) {
      throw new IllegalStateException("BUG: a label's text is not in the table");
    }
    return number;
  }

  private void putSeries(Content content, int number, ByteSink entries) throws IOException {
    Labels labels = content.labels();
    entries.putVarint(labels.size());
    labels.forEach((name, value) -> {
      entries.putVarint(number(name));
      entries.putVarint(number(value));
      postings
          .computeIfAbsent(number(name), _ -> new TreeMap<>())
          .computeIfAbsent(number(value), _ -> new MutableRoaringBitmap())
          .add(number);
    });
    entries.putVarint(content.chunks().size());
    entries.putVarint(offset + chunks.size());
    long before = 0;
    for (Chunk chunk : content.chunks()) {
      entries.putZigzag(chunk.first() - before);
      entries.putVarint(chunk.last() - chunk.first());
      entries.putVarint(chunk.count());
      entries.putVarint(chunk.length());
      entries.putInt(Frames.checksum(chunk.bytes(), 0, chunk.length()));
      before = chunk.last();
      chunks.put(chunk.bytes(), chunk.length());
      sampleCount += chunk.count();
      first = Math.min(first, chunk.first());
      last = Math.max(last, chunk.last());
    }
    if (chunks.size() > CUT) {
      flushChunks();
    }
  }

  private void flushChunks() throws IOException {
    Disk.write(channel, chunks.bytes(), chunks.size());
    offset += chunks.size();
    chunks.shrink(0);
  }

  /// Bitmaps, then per name a table of its values, then the table of names; returns where that
  /// begins.
  private int putPostings() {
    ByteSink names = new ByteSink(1 << 10);
    names.putInt(postings.size());
    postings.forEach((name, values) -> {
      ByteSink table = new ByteSink(8 * values.size());
      values.forEach((value, numbers) -> {
        table.putInt(value);
        table.putInt(index.size());
        putBitmap(numbers);
      });
      names.putInt(name);
      names.putInt(index.size());
      names.putInt(values.size());
      index.put(table.bytes(), table.size());
    });
    int begin = index.size();
    index.put(names.bytes(), names.size());
    return begin;
  }

  private void putBitmap(MutableRoaringBitmap numbers) {
    numbers.runOptimize();
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
    numbers.serialize(buffer);
    index.put(buffer.array(), buffer.capacity());
  }
}
