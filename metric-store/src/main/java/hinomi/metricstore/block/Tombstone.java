package hinomi.metricstore.block;

import hinomi.model.Matcher;
import java.util.List;

/// A deletion: samples of the series that fit, between two times, both included, in the blocks that
/// existed when it was ordered. What came in later is in blocks of higher numbers and is not meant.
///
/// @param before blocks of this number and above are not meant
/// @param from milliseconds since the epoch
/// @param to milliseconds since the epoch
/// @param matchers all of which a series must fit
record Tombstone(long before, long from, long to, List<Matcher> matchers) {
  Tombstone {
    matchers = List.copyOf(matchers);
  }

  boolean means(Block block) {
    return block.number() < before && block.overlaps(from, to);
  }

  boolean overlaps(long first, long last) {
    return from <= last && to >= first;
  }

  boolean covers(long first, long last) {
    return from <= first && to >= last;
  }

  boolean covers(long timestamp) {
    return from <= timestamp && to >= timestamp;
  }
}
