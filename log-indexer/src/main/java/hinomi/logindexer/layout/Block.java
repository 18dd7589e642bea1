package hinomi.logindexer.layout;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/// The unpacked lines of a batch, their text still UTF-8 in one piece, so that a literal is looked
/// for in all lines at once and only lines that count become strings. Immutable.
public final class Block {
  private final Labels stream;
  private final long[] timestamps;
  private final Labels[] metadata;
  private final byte[] raw;
  private final int textFrom;
  private final int[] ends;

  /// The text of a batch's lines.
  ///
  /// @param raw where it lies
  /// @param from where in it the first line begins
  /// @param ends where each line ends, counted from there
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Lines(byte[] raw, int from, int[] ends) {}

  Block(Labels stream, long[] timestamps, Labels[] metadata, Lines text) {
    this.stream = stream;
    this.timestamps = timestamps;
    this.metadata = metadata;
    this.raw = text.raw();
    this.textFrom = text.from();
    this.ends = text.ends();
  }

  public int size() {
    return timestamps.length;
  }

  /// Nanoseconds since the epoch; never falls from line to line.
  public long timestamp(int line) {
    return timestamps[line];
  }

  public Labels metadata(int line) {
    return metadata[line];
  }

  public Labels stream() {
    return stream;
  }

  /// Bytes of UTF-8.
  public int length(int line) {
    return ends[line] - start(line);
  }

  /// Bytes of all lines.
  public int textBytes() {
    return raw.length - textFrom;
  }

  public String line(int line) {
    return new String(raw, textFrom + start(line), length(line), StandardCharsets.UTF_8);
  }

  public LogRecord record(int line) {
    return new LogRecord(stream, timestamps[line], line(line), metadata[line]);
  }

  private int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  /// The lines that hold a literal. UTF-8 is self-synchronising: equal bytes are equal characters,
  /// so one search through bytes read as Latin-1 (which the JVM does with vectors) is exact.
  public BitSet containing(String literal) {
    BitSet found = new BitSet(size());
    byte[] utf8 = literal.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == 0) {
      found.set(0, size());
      return found;
    }
    String needle = new String(utf8, StandardCharsets.ISO_8859_1);
    String text = new String(raw, textFrom, raw.length - textFrom, StandardCharsets.ISO_8859_1);
    int line = 0;
    int at = text.indexOf(needle);
    while (at >= 0) {
      while (ends[line] <= at) {
        line++;
      }
      boolean inside = at + utf8.length <= ends[line];
      if (inside) {
        found.set(line);
      }
      // The rest of a line that is found is of no interest; a hit across two lines is none.
      at = text.indexOf(needle, inside ? ends[line] : at + 1);
    }
    return found;
  }
}
