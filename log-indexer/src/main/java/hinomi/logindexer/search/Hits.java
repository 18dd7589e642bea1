package hinomi.logindexer.search;

import hinomi.logindexer.LogQuery.Direction;
import hinomi.model.LogRecord;
import hinomi.model.OverLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// The best lines so far, at most as many as asked for, none twice. One thread.
final class Hits {
  /// In the order of time; lines of the same time in the order of their arrival.
  private static final Comparator<Hit> IN_TIME =
      Comparator.comparingLong((Hit hit) -> hit.line.timestamp())
          .thenComparingLong(Hit::order)
          .thenComparing(hit -> hit.line.stream())
          .thenComparingInt(Hit::place);

  /// Characters of an answer: it is built in memory.
  private static final long MAX_CHARS = 32 << 20;

  private record Hit(LogRecord line, long order, int place) {}

  private final int limit;
  private final Direction direction;
  private final Comparator<Hit> best;
  private final PriorityQueue<Hit> worstFirst;
  private final Set<LogRecord> held = new HashSet<>();
  private long chars;

  Hits(int limit, Direction direction) {
    this.limit = limit;
    this.direction = direction;
    this.best = direction == Direction.FORWARD ? IN_TIME : IN_TIME.reversed();
    this.worstFirst = new PriorityQueue<>(best.reversed());
  }

  /// Whether a line of this time could still be among the answer.
  boolean wants(long timestamp) {
    Hit worst = worstFirst.peek();
    if (worst == null || worstFirst.size() < limit) {
      return true;
    }
    return direction == Direction.FORWARD
        ? timestamp <= worst.line.timestamp()
        : timestamp >= worst.line.timestamp();
  }

  /// @param order rises with the arrival of what the line came in; `place` with that in it
  void offer(LogRecord line, long order, int place) {
    if (!held.add(line)) {
      return;
    }
    worstFirst.add(new Hit(line, order, place));
    chars += line.line().length();
    if (worstFirst.size() > limit) {
      Hit worst = worstFirst.poll();
      if (worst != null) {
        held.remove(worst.line);
        chars -= worst.line.line().length();
      }
    }
    if (chars > MAX_CHARS) {
      throw OverLimit.cost(
          "the answer is larger than " + (MAX_CHARS >> 20) + " MiB; ask for fewer lines");
    }
  }

  List<LogRecord> inOrder() {
    List<Hit> hits = new ArrayList<>(worstFirst);
    hits.sort(best);
    return hits.stream().map(Hit::line).toList();
  }
}
