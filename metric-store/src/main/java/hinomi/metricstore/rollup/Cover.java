package hinomi.metricstore.rollup;

import hinomi.model.TimeRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays out the ranges of a query in stretches: the widest whole buckets that lie between two
/// neighbouring ends of ranges, narrower ones beside them, and samples at the very edges. So no
/// bucket reaches over an end. Where samples are gone already, the finest buckets stand in for them
/// at the edges, and count to where they end. One thread.
public final class Cover {
  /// Buckets are not worth it when more than this share of the time is read in samples all the
  /// same.
  private static final int SHARE = 4;

  /// As so much time of samples a short edge costs: its chunk has to be unpacked for it.
  private static final long EDGE = Days.LENGTH / 4;

  private static final int SAMPLES = -1;

  private final Ledger.State state;

  /// Up to when buckets may be used.
  private final long rolledEnd;

  /// Up to when samples are gone.
  private final long gone;

  private final List<Stretch> stretches = new ArrayList<>();
  private boolean exact = true;
  private long rolledTime;
  private long avoidable;

  /// What is after `from` up to `to`, milliseconds since the epoch.
  ///
  /// @param tier of its buckets, by what they end; empty where it is read in samples
  public record Stretch(Optional<Tier> tier, long from, long to) {}

  private Cover(Ledger.State state, long headFrom) {
    this.state = state;
    this.gone = state.samplesFrom() == Long.MIN_VALUE ? Long.MIN_VALUE : state.samplesFrom() - 1;
    // What is in memory is not in buckets.
    this.rolledEnd = Math.min(state.through(), Math.max(gone, headFrom - 1));
  }

  /// Empty when buckets are of no use.
  ///
  /// @param headFrom the earliest sample that is only in memory
  static Optional<Cover> of(TimeRanges ranges, Ledger.State state, long headFrom) {
    Cover cover = new Cover(state, headFrom);
    if (ranges.begin() >= cover.rolledEnd) {
      return Optional.empty();
    }
    cover.lay(ranges);
    boolean isMuch = cover.rolledTime > 0 && cover.avoidable <= cover.rolledTime / (SHARE - 1);
    boolean isNeeded = ranges.begin() < cover.gone;
    return isMuch || isNeeded ? Optional.of(cover) : Optional.empty();
  }

  /// In time order, apart from each other.
  List<Stretch> stretches() {
    return stretches;
  }

  boolean isExact() {
    return exact;
  }

  private void lay(TimeRanges ranges) {
    // The begins and the ends are two rising rows; what lies between two of all is laid at once.
    int begin = 0;
    int end = 0;
    long at = ranges.begin();
    int count = ranges.stride() == 0 ? 1 : ranges.count();
    while (end < count) {
      long nextEnd = ranges.end(end);
      long nextBegin = begin < count ? ranges.end(begin) - ranges.length() : Long.MAX_VALUE;
      long next = Math.min(nextBegin, nextEnd);
      if (next > at && begin > end) {
        lay(at, next);
      }
      at = next;
      if (nextBegin <= next) {
        begin++;
      }
      if (nextEnd <= next) {
        end++;
      }
    }
  }

  /// What lies between two neighbouring ends.
  private void lay(long from, long to) {
    long at = from;
    for (long day : state.stale()) {
      if (day < Math.min(to, rolledEnd) && day + Days.LENGTH > at) {
        lay(at, Math.max(at, day), Tier.ALL.size() - 1);
        at = Math.max(at, day);
        long end = Math.min(to, day + Days.LENGTH);
        add(SAMPLES, at, end);
        at = end;
      }
    }
    long rolled = Math.min(to, rolledEnd);
    if (at < rolled) {
      lay(at, rolled, Tier.ALL.size() - 1);
      at = rolled;
    }
    add(SAMPLES, at, to);
  }

  private void lay(long from, long to, int level) {
    if (from >= to) {
      return;
    }
    if (level == SAMPLES) {
      edge(from, to);
      return;
    }
    long width = Tier.ALL.get(level).width();
    long first = Math.max(Math.ceilDiv(from, width) * width, state.bucketsFrom()[level]);
    long last = Math.floorDiv(to, width) * width;
    if (first >= last) {
      lay(from, to, level - 1);
    } else {
      lay(from, first, level - 1);
      add(level, first, last);
      rolledTime += last - first;
      lay(last, to, level - 1);
    }
  }

  private void edge(long from, long to) {
    long at = from;
    if (from < gone) {
      at = Math.min(to, gone);
      add(finest(at), from, at);
      exact = false;
    }
    if (at < to) {
      avoidable += Math.max(EDGE, to - at);
    }
    add(SAMPLES, at, to);
  }

  /// The finest buckets that are there at a time.
  private int finest(long at) {
    int level = 0;
    while (level < Tier.ALL.size() - 1 && state.bucketsFrom()[level] >= at) {
      level++;
    }
    return level;
  }

  private void add(int level, long from, long to) {
    if (from >= to) {
      return;
    }
    Optional<Tier> tier = level == SAMPLES ? Optional.empty() : Optional.of(Tier.ALL.get(level));
    if (!stretches.isEmpty()
        && stretches.getLast().to() == from
        && stretches.getLast().tier().equals(tier)) {
      Stretch last = stretches.removeLast();
      stretches.add(new Stretch(tier, last.from(), to));
    } else {
      stretches.add(new Stretch(tier, from, to));
    }
  }
}
