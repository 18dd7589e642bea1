package hinomi.metricstore.compact;

import hinomi.metricstore.block.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides which blocks become one. Blocks belong to the range in which they begin. A range is
/// merged when it is past; what comes late to it waits until it is worth writing the range again.
public final class Plan {
  /// Each block of a range costs every query over it.
  private static final int MOST_LATE = 8;

  /// Backups and deletions may cut the newest hours into small blocks.
  private static final int MOST_PRESENT = 32;

  /// What is late is worth it when it is this share of the whole.
  private static final int SHARE = 8;

  private Plan() {}

  /// The next blocks to be merged.
  ///
  /// @param through up to which time, excluded, all is in blocks: ranges that end before are past
  public static Optional<List<Block>> next(List<Block> blocks, Ranges ranges, long through) {
    for (Map.Entry<Long, List<Block>> each : byRange(blocks, ranges).entrySet()) {
      List<Block> group = each.getValue();
      boolean past = each.getKey() + ranges.range() <= through;
      if (group.size() > 1 && (past ? isWorthIt(group) : group.size() > MOST_PRESENT)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  private static boolean isWorthIt(List<Block> group) {
    long all = 0;
    long largest = 0;
    for (Block block : group) {
      all += block.samples();
      largest = Math.max(largest, block.samples());
    }
    return group.size() > MOST_LATE || (all - largest) * SHARE >= all;
  }

  /// Any blocks that can be merged, whether it is worth it or not.
  public static Optional<List<Block>> any(List<Block> blocks, Ranges ranges) {
    return byRange(blocks, ranges).values().stream().filter(group -> group.size() > 1).findFirst();
  }

  private static Map<Long, List<Block>> byRange(List<Block> blocks, Ranges ranges) {
    Map<Long, List<Block>> byRange = new TreeMap<>();
    for (Block block : blocks) {
      byRange.computeIfAbsent(ranges.rangeBegin(block.first()), _ -> new ArrayList<>()).add(block);
    }
    return byRange;
  }
}
