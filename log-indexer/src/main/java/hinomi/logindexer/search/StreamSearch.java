package hinomi.logindexer.search;

import hinomi.logindexer.segment.BatchQuery;
import hinomi.logindexer.segment.Extent;
import hinomi.logindexer.segment.SegmentView;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells which streams there are without reading a line of a segment.
public final class StreamSearch {
  private StreamSearch() {}

  /// What each matching stream holds in a range of time: to the batch in segments, to the line in
  /// memory.
  public static Map<Labels, Extent> extents(
      Sources sources, List<Matcher> matchers, long from, long to) {
    Map<Labels, Extent> extents = new TreeMap<>();
    BatchQuery query =
        new BatchQuery(from, to, labels -> Matcher.allMatch(matchers, labels), List.of());
    for (SegmentView segment : sources.segments()) {
      segment
          .extents(query)
          .forEach((stream, extent) -> extents.merge(stream, extent, Extent::plus));
    }
    for (List<LogRecord> lines : sources.pending()) {
      Labels stream = lines.getFirst().stream();
      if (Matcher.allMatch(matchers, stream)) {
        Extent extent = pending(lines, from, to);
        if (extent.lines() > 0) {
          extents.merge(stream, extent, Extent::plus);
        }
      }
    }
    return extents;
  }

  private static Extent pending(List<LogRecord> lines, long from, long to) {
    long count = 0;
    long bytes = 0;
    for (LogRecord line : lines) {
      if (line.timestamp() >= from && line.timestamp() < to) {
        count++;
        bytes += line.line().length();
      }
    }
    return new Extent(1, count, bytes);
  }
}
