package hinomi.logindexer.search;

import hinomi.logindexer.LineVisitor;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.layout.Block;
import hinomi.logindexer.segment.BatchQuery;
import hinomi.logindexer.segment.SegmentView;
import hinomi.logindexer.segment.StoredBatch;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shows every line that matches, once. A line that was sent twice lies in two pieces of one stream
/// whose times overlap: only there are lines remembered, elsewhere they are counted as they come.
public final class LineScan {
  private final Plan plan;
  private final Budget budget;
  private final LineVisitor visitor;

  public LineScan(LogQuery query, Budget budget, LineVisitor visitor) {
    this.plan = new Plan(query);
    this.budget = budget;
    this.visitor = visitor;
  }

  /// Some lines of one stream.
  private sealed interface Piece {
    long min();

    long max();

    record Stored(StoredBatch batch) implements Piece {
      @Override
      public long min() {
        return batch.min();
      }

      @Override
      public long max() {
        return batch.max();
      }
    }

    record Pending(List<LogRecord> lines, long min, long max) implements Piece {}
  }

  public void run(Sources sources) {
    Map<Labels, List<Piece>> streams = new HashMap<>();
    for (List<LogRecord> lines : sources.pending()) {
      Labels stream = lines.getFirst().stream();
      if (Matcher.allMatch(plan.query().matchers(), stream)) {
        streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(pending(lines));
      }
    }
    BatchQuery batchQuery = plan.batches();
    for (SegmentView segment : sources.segments()) {
      for (StoredBatch batch : segment.batches(batchQuery)) {
        streams
            .computeIfAbsent(batch.stream(), _ -> new ArrayList<>())
            .add(new Piece.Stored(batch));
      }
      budget.spend(0);
    }
    streams.values().forEach(this::scanStream);
  }

  private static Piece pending(List<LogRecord> lines) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (LogRecord line : lines) {
      min = Math.min(min, line.timestamp());
      max = Math.max(max, line.timestamp());
    }
    return new Piece.Pending(lines, min, max);
  }

  private void scanStream(List<Piece> pieces) {
    pieces.sort(Comparator.comparingLong(Piece::min));
    Set<LogRecord> seen = new HashSet<>();
    long covered = Long.MIN_VALUE;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      boolean overlapsBefore = i > 0 && piece.min() <= covered;
      covered = Math.max(covered, piece.max());
      boolean overlapsNext = i + 1 < pieces.size() && pieces.get(i + 1).min() <= covered;
      if (!overlapsBefore) {
        seen.clear();
      }
      switch (piece) {
        case Piece.Stored(StoredBatch batch) ->
            scan(batch.read(), overlapsBefore || overlapsNext, seen);
        case Piece.Pending(List<LogRecord> lines, _, _) -> scan(lines, seen);
      }
    }
  }

  private void scan(Block block, boolean remember, Set<LogRecord> seen) {
    budget.spend(block.textBytes());
    BitSet lines = plan.matching(block);
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      if (!remember || seen.add(block.record(i))) {
        visitor.line(block.stream(), block.timestamp(i), block.metadata(i), block.length(i));
      }
    }
  }

  private void scan(List<LogRecord> lines, Set<LogRecord> seen) {
    long bytes = 0;
    for (LogRecord line : lines) {
      bytes += line.line().length();
      if (plan.matches(line) && seen.add(line)) {
        int length = line.line().getBytes(StandardCharsets.UTF_8).length;
        visitor.line(line.stream(), line.timestamp(), line.metadata(), length);
      }
    }
    budget.spend(bytes);
  }
}
