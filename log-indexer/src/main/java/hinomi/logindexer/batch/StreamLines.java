package hinomi.logindexer.batch;

import hinomi.model.LogRecord;
import java.util.Arrays;
import java.util.List;

/// The pending lines of one stream on one day, in order of arrival. Only grows: a view taken under
/// the owner's lock stays valid, for what it shows is never written again.
final class StreamLines {
  private LogRecord[] lines = new LogRecord[8];
  private int size;

  void add(LogRecord line) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, size * 2);
    }
    lines[size++] = line;
  }

  List<LogRecord> view() {
    return Arrays.asList(lines).subList(0, size);
  }
}
