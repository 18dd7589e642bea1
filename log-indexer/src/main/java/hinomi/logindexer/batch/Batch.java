package hinomi.logindexer.batch;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Lines of one stream that are indexed as one: sorted by time, those of the same time in order of
/// arrival, none twice. At most 1,024 lines and about 256 KiB of text.
///
/// @param lines at least one
public record Batch(Labels stream, List<LogRecord> lines) {
  private static final int MAX_LINES = 1024;
  private static final int MAX_CHARS = 256 << 10;

  public Batch {
    if (lines.isEmpty()) {
      throw new IllegalStateException("BUG: a batch without lines");
    }
    lines = List.copyOf(lines);
  }

  public long min() {
    return lines.getFirst().timestamp();
  }

  public long max() {
    return lines.getLast().timestamp();
  }

  /// Cuts the lines of one stream into batches. A line that an agent sent again is dropped here if
  /// its first copy is among these, and else when it is read.
  static List<Batch> cut(Labels stream, List<LogRecord> arrived) {
    List<LogRecord> sorted = new ArrayList<>(arrived);
    sorted.sort(Comparator.comparingLong(LogRecord::timestamp));
    List<Batch> batches = new ArrayList<>();
    List<LogRecord> open = new ArrayList<>();
    Set<LogRecord> sameTime = new HashSet<>();
    long time = Long.MIN_VALUE;
    int chars = 0;
    for (LogRecord line : sorted) {
      if (line.timestamp() != time) {
        sameTime.clear();
        time = line.timestamp();
      }
      if (!sameTime.add(line)) {
        continue;
      }
      if (open.size() == MAX_LINES || chars > MAX_CHARS) {
        batches.add(new Batch(stream, open));
        open = new ArrayList<>();
        chars = 0;
      }
      open.add(line);
      chars += line.line().length();
    }
    batches.add(new Batch(stream, open));
    return batches;
  }
}
