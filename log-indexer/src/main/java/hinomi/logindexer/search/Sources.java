package hinomi.logindexer.search;

import hinomi.logindexer.segment.SegmentView;
import hinomi.model.LogRecord;
import java.util.List;

/// Everything that was there at one moment: each line either pending or in a segment. Closing lets
/// the segments go.
///
/// @param pending the lines of one stream each, in order of arrival, older ones first
public record Sources(List<SegmentView> segments, List<List<LogRecord>> pending)
    implements AutoCloseable {

  @Override
  public void close() {
    segments.forEach(SegmentView::close);
  }
}
