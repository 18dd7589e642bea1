package hinomi.metricstore.dense;

import java.util.Arrays;

/// How residuals lie around their middle: counted by the binary order of their distance, each side
/// apart, which is enough to choose what to pack and what to list as an exception. Differences wrap
/// at 64 bits, so that residuals of any numbers are numbers. Used again for the next residuals; one
/// thread.
final class Spread {
  private static final int ORDERS = 65;
  private static final int PROBES = 31;
  private static final int EXCEPTION_BITS = 14;

  /// How many widths of symbols below the widest are tried: outliers may make that one far too
  /// wide.
  private static final int SHIFTS = 24;

  private final long[] probes = new long[PROBES];
  private final int[] above = new int[ORDERS];
  private final int[] below = new int[ORDERS];
  private final long[] highest = new long[ORDERS];
  private final long[] deepest = new long[ORDERS];
  private final int[] aboveOrders = new int[ORDERS];
  private final int[] belowOrders = new int[ORDERS];
  private final double[] surprise = new double[ORDERS];
  private long middle;
  private int count;
  private int largest;

  void measure(long[] residuals, int length) {
    count = length;
    middle = middle(residuals, length);
    Arrays.fill(above, 0);
    Arrays.fill(below, 0);
    Arrays.fill(highest, 0);
    Arrays.fill(deepest, 0);
    long all = 0;
    for (int i = 0; i < length; i++) {
      long distance = residuals[i] - middle;
      if (distance >= 0) {
        int order = order(distance);
        above[order]++;
        highest[order] = Math.max(highest[order], distance);
      } else {
        int order = order(-distance);
        below[order]++;
        deepest[order] = Math.min(deepest[order], distance);
      }
      all |= distance ^ (distance >> 63);
    }
    largest = Math.min(ORDERS - 1, order(all) + 1);
  }

  private long middle(long[] residuals, int length) {
    if (length == 0) {
      return 0;
    }
    int taken = Math.min(length, PROBES);
    for (int i = 0; i < taken; i++) {
      probes[i] = residuals[(int) ((long) i * length / taken)];
    }
    Arrays.sort(probes, 0, taken);
    return probes[taken / 2];
  }

  private static int order(long distance) {
    return 64 - Long.numberOfLeadingZeros(distance);
  }

  /// The window that is cheapest if every residual inside takes the same width.
  Window packed() {
    Window best = new Window(middle, 0, Double.MAX_VALUE);
    int aboveCount = occurring(above, aboveOrders);
    int belowCount = occurring(below, belowOrders);
    int outBelow = 0;
    double costBelow = 0;
    for (int i = belowCount - 1; i >= 0; i--) {
      int b = belowOrders[i];
      int out = outBelow;
      double cost = costBelow;
      for (int k = aboveCount - 1; k >= 0; k--) {
        int a = aboveOrders[k];
        long low = deepest[b];
        long span = highest[a] - low;
        double total = cost + (count - out) * width(span);
        if (total < best.cost() && (out <= count / 4 || span == 0)) {
          best = new Window(middle + low, span, total);
        }
        out += above[a];
        cost += above[a] * (double) (EXCEPTION_BITS + a);
      }
      outBelow += below[b];
      costBelow += below[b] * (double) (EXCEPTION_BITS + b);
      if (costBelow >= best.cost()) {
        break;
      }
    }
    return best;
  }

  /// The orders that occur, and 0, which is the middle itself.
  private static int occurring(int[] counts, int[] orders) {
    int found = 1;
    for (int order = 1; order < ORDERS; order++) {
      if (counts[order] > 0) {
        orders[found++] = order;
      }
    }
    return found;
  }

  /// Bits that a residual of an unsigned span takes at least.
  private static double width(long span) {
    if (span == 0) {
      return 0;
    }
    if (span < 0 || span == Long.MAX_VALUE) {
      return 64;
    }
    return Log2.of(span + 1.0);
  }

  /// The window and its expected cost if residuals are entropy-coded by [Tans#MAX_SYMBOLS] symbols
  /// of 2^k neighbours each.
  Window coded() {
    Window best = new Window(middle, 0, Double.MAX_VALUE);
    for (int order = 1; order <= largest; order++) {
      surprise[order] = surprise(above[order], order - 1) + surprise(below[order], order - 1);
    }
    int most = Math.max(0, Math.min(largest - 7, 55));
    for (int k = most; k >= Math.max(0, most - SHIFTS); k--) {
      Window window = coded(k);
      if (window.cost() < best.cost()) {
        best = window;
      }
    }
    return best;
  }

  private Window coded(int k) {
    double cost = 0;
    int core = 0;
    long low = 0;
    long high = 0;
    for (int order = 0; order <= largest; order++) {
      int here = above[order] + below[order];
      if (here == 0) {
        continue;
      }
      if (order > k + 7) {
        cost += here * (double) (EXCEPTION_BITS + order);
        continue;
      }
      low = Math.min(low, deepest[order]);
      high = Math.max(high, highest[order]);
      if (order <= k) {
        core += here;
      } else {
        cost += surprise[order];
      }
    }
    cost += core == 0 ? 0 : core * (Log2.of((double) count / core) + (k == 0 ? 0 : k + 1));
    cost += 4.0 * (((high - low) >>> k) + 1);
    return new Window(middle + low, high - low, cost);
  }

  private double surprise(int times, int freeBits) {
    return times == 0 ? 0 : times * (Log2.of((double) count / times) + freeBits);
  }
}
