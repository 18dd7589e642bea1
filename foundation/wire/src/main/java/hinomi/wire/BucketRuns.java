package hinomi.wire;

import hinomi.model.Histogram;
import java.util.Arrays;

/// Collects buckets in the order of their indexes into runs, as a [Histogram.Buckets] wants them:
/// buckets of one index are added up, a gap of up to two buckets is filled with zeros, for a run
/// costs more than they do (Prometheus native histogram specification, "Spans"). One use.
final class BucketRuns {
  private static final int MAX_FILLED = 2;

  private int[] spans = new int[4];
  private int runs;
  private double[] counts = new double[16];
  private int size;

  /// The index behind the last bucket.
  private long next;

  /// @param index not lower than the one before; must be an int
  void add(long index, double count) {
    if (size > 0 && index == next - 1) {
      counts[size - 1] += count;
      return;
    }
    if (count == 0) {
      return;
    }
    long gap = index - next;
    if (runs == 0 || gap > MAX_FILLED) {
      if (2 * runs == spans.length) {
        spans = Arrays.copyOf(spans, 4 * runs);
      }
      spans[2 * runs] = (int) (runs == 0 ? index : gap);
      runs++;
    } else {
      for (long i = 0; i < gap; i++) {
        append(0);
      }
    }
    append(count);
    next = index + 1;
  }

  private void append(double count) {
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, 2 * size);
    }
    counts[size++] = count;
    spans[2 * runs - 1]++;
  }

  Histogram.Buckets buckets() {
    return size == 0
        ? Histogram.Buckets.NONE
        : new Histogram.Buckets(Arrays.copyOf(spans, 2 * runs), Arrays.copyOf(counts, size));
  }

  /// The same buckets at a resolution that is lower by the given number of schemas: as many times
  /// two neighbours become one.
  static Histogram.Buckets reduced(Histogram.Buckets buckets, int schemas) {
    if (schemas == 0) {
      return buckets;
    }
    BucketRuns reduced = new BucketRuns();
    for (Walk walk = new Walk(buckets); !walk.atEnd(); walk.step()) {
      reduced.add(((walk.index - 1) >> schemas) + 1, buckets.counts()[walk.count]);
    }
    return reduced.buckets();
  }

  /// Both together; of the same resolution.
  static Histogram.Buckets sum(Histogram.Buckets one, Histogram.Buckets other) {
    BucketRuns sum = new BucketRuns();
    Walk a = new Walk(one);
    Walk b = new Walk(other);
    while (!a.atEnd() || !b.atEnd()) {
      Walk next = b.atEnd() || (!a.atEnd() && a.index <= b.index) ? a : b;
      sum.add(next.index, next.buckets.counts()[next.count]);
      next.step();
    }
    return sum.buckets();
  }

  /// Goes from bucket to bucket.
  private static final class Walk {
    private final Histogram.Buckets buckets;
    private int run = -2;
    private int left;
    private int count = -1;
    private long index = -1;

    Walk(Histogram.Buckets buckets) {
      this.buckets = buckets;
      step();
    }

    boolean atEnd() {
      return count >= buckets.counts().length;
    }

    void step() {
      count++;
      index++;
      while (left == 0 && !atEnd()) {
        run += 2;
        index += buckets.spans()[run];
        left = buckets.spans()[run + 1];
      }
      left--;
    }
  }
}
