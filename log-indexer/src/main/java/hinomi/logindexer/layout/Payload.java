package hinomi.logindexer.layout;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The payload of a batch: the lines of one stream in time order, by column, as one zstd frame (RFC
/// 8878) with its checksum. Drawn in `docs/formats/log-indexer.md`.
public final class Payload {
  /// What a damaged frame may claim at most before it is not believed.
  private static final int MAX_RAW = 64 << 20;

  /// On log text level 1 packs as well as 3 and costs half.
  private static final int LEVEL = 1;

  private Payload() {}

  /// @param lines of one stream, sorted by time
  public static byte[] encode(List<LogRecord> lines) {
    BytesOut out = new BytesOut().varint(lines.size());
    long before = 0;
    for (LogRecord line : lines) {
      out.signed(line.timestamp() - before);
      before = line.timestamp();
    }
    metadata(lines, out);
    byte[][] texts = new byte[lines.size()][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = lines.get(i).line().getBytes(StandardCharsets.UTF_8);
      out.varint(texts[i].length);
    }
    for (byte[] text : texts) {
      out.bytes(text);
    }
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      zstd.setLevel(LEVEL).setChecksum(true).setContentSize(true);
      return zstd.compress(out.toBytes());
    }
  }

  private static void metadata(List<LogRecord> lines, BytesOut out) {
    Map<Labels, Integer> numbers = new LinkedHashMap<>();
    for (LogRecord line : lines) {
      numbers.putIfAbsent(line.metadata(), numbers.size());
    }
    out.varint(numbers.size());
    numbers.keySet().forEach(out::labels);
    if (numbers.size() > 1) {
      for (LogRecord line : lines) {
        out.varint(numbers.getOrDefault(line.metadata(), 0));
      }
    }
  }

  /// Unpacks a payload; a damaged one is an [IOException].
  public static Block decode(Labels stream, byte[] packed) throws IOException {
    byte[] raw = unpack(packed);
    BytesIn in = new BytesIn(raw);
    int count = in.count();
    long[] timestamps = new long[count];
    long timestamp = 0;
    for (int i = 0; i < count; i++) {
      timestamp += in.signed();
      timestamps[i] = timestamp;
    }
    Labels[] known = new Labels[in.count()];
    for (int i = 0; i < known.length; i++) {
      known[i] = in.labels();
    }
    Labels[] metadata = new Labels[count];
    for (int i = 0; i < count; i++) {
      long number = known.length > 1 ? in.varint() : 0;
      if (number < 0 || number >= known.length) {
        throw new StreamCorruptedException("metadata number " + number + " is unknown");
      }
      metadata[i] = known[(int) number];
    }
    int[] ends = new int[count];
    long end = 0;
    for (int i = 0; i < count; i++) {
      end += in.count();
      ends[i] = (int) Math.min(end, Integer.MAX_VALUE);
    }
    if (end != in.left()) {
      throw new StreamCorruptedException("text of " + in.left() + " bytes, expected " + end);
    }
    return new Block(stream, timestamps, metadata, new Block.Lines(raw, in.at(), ends));
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    long size = Zstd.getFrameContentSize(packed);
    if (size < 0 || size > MAX_RAW) {
      throw new StreamCorruptedException("a payload claims " + size + " bytes");
    }
    try {
      return Zstd.decompress(packed, (int) size);
    } catch (ZstdException e) {
      throw (IOException) new StreamCorruptedException("payload: " + e.getMessage()).initCause(e);
    }
  }
}
