package hinomi.logindexer.search;

import hinomi.logindexer.LogQuery;
import hinomi.logindexer.LogQuery.Direction;
import hinomi.logindexer.layout.Block;
import hinomi.logindexer.segment.BatchQuery;
import hinomi.logindexer.segment.SegmentView;
import hinomi.logindexer.segment.StoredBatch;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Finds the newest (or oldest) lines that match. Batches are read in the order of time from the
/// wanted end, and not at all when enough nearer lines are found.
public final class LineSearch {
  /// Pending lines arrived after all that is stored.
  private static final long AFTER_STORED = Long.MAX_VALUE / 2;

  private final Plan plan;
  private final Budget budget;
  private final Hits hits;
  private final boolean backward;

  public LineSearch(LogQuery query, Budget budget) {
    this.plan = new Plan(query);
    this.budget = budget;
    this.hits = new Hits(query.limit(), query.direction());
    this.backward = query.direction() == Direction.BACKWARD;
  }

  public List<LogRecord> find(Sources sources) {
    for (int i = 0; i < sources.pending().size(); i++) {
      searchPending(sources.pending().get(i), AFTER_STORED + i);
    }
    BatchQuery batchQuery = plan.batches();
    for (SegmentView segment : inDirection(sources.segments())) {
      // Within a day nothing is nearer than its border: a full answer spares whole days.
      if (hits.wants(backward ? segment.end() - 1 : segment.start())) {
        search(segment, batchQuery);
      }
    }
    return hits.inOrder();
  }

  private List<SegmentView> inDirection(List<SegmentView> segments) {
    return segments.stream()
        .sorted(
            backward
                ? Comparator.comparingLong(SegmentView::end).reversed()
                : Comparator.comparingLong(SegmentView::start))
        .toList();
  }

  private void search(SegmentView segment, BatchQuery batchQuery) {
    List<StoredBatch> batches = segment.batches(batchQuery);
    budget.spend(0);
    batches.sort(
        backward
            ? Comparator.comparingLong(StoredBatch::max).reversed()
            : Comparator.comparingLong(StoredBatch::min));
    for (StoredBatch batch : batches) {
      if (!hits.wants(backward ? batch.max() : batch.min())) {
        break;
      }
      search(batch);
    }
  }

  private void searchPending(List<LogRecord> lines, long order) {
    if (!Matcher.allMatch(plan.query().matchers(), lines.getFirst().stream())) {
      return;
    }
    long bytes = 0;
    for (int place = 0; place < lines.size(); place++) {
      LogRecord line = lines.get(place);
      bytes += line.line().length();
      if (hits.wants(line.timestamp()) && plan.matches(line)) {
        hits.offer(line, order, place);
      }
    }
    budget.spend(bytes);
  }

  private void search(StoredBatch batch) {
    Block block = batch.read();
    budget.spend(block.textBytes());
    BitSet lines = plan.matching(block);
    int place = backward ? lines.previousSetBit(block.size()) : lines.nextSetBit(0);
    while (place >= 0 && hits.wants(block.timestamp(place))) {
      hits.offer(block.record(place), batch.order(), place);
      place =
          backward
              ? (place == 0 ? -1 : lines.previousSetBit(place - 1))
              : lines.nextSetBit(place + 1);
    }
  }
}
