package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Packs residuals: exceptions apart, the others as low bits and a high digit. Made to be used
/// again; one thread.
final class ResidualEncoder {
  /// What an entropy-coded digit must save to be worth its slower unpacking: bits a residual, and a
  /// share of all.
  private static final double PRICE_OF_CODING = 0.03;

  private static final double WORTH = 0.988;

  /// What a table costs to make and to unpack, in bits: a chunk of a few hours, which is packed
  /// anew with the rest of its day, is seldom worth one.
  private static final double PRICE_OF_TABLE = 200;

  private static final double TABLE_BITS = 4;

  private final Planes planes = new Planes();
  private final Tans tans = new Tans();
  private final int[] counts = new int[Tans.MAX_SYMBOLS];
  private int[] low = {};
  private int[] middle = {};
  private int[] digits = {};
  private int[] groups = {};

  /// A way to write residuals of a window.
  ///
  /// @param shift how many low bits are stored as they are
  /// @param digits how the rest is grouped; null when there is none
  /// @param coded whether groups are entropy-coded
  /// @param cost all bits, exceptions included
  private record Plan(
      Window window, int shift, @Nullable Digits digits, boolean coded, double cost) {}

  void encode(long[] residuals, int count, RunEncoder.Choice choice, RunEncoder.Target target) {
    room(count);
    Plan plan = packed(residuals, count, choice.packed());
    double coded = choice.coded().cost();
    if (coded + count * PRICE_OF_CODING + PRICE_OF_TABLE < plan.cost) {
      Plan other = coded(residuals, count, choice.coded(), plan);
      if (!choice.packed().equals(choice.coded())) {
        other = coded(residuals, count, choice.packed(), other);
      }
      plan = other.cost + PRICE_OF_TABLE < plan.cost * WORTH ? other : plan;
    }
    write(residuals, count, plan, target);
  }

  private void room(int count) {
    if (low.length < count) {
      low = new int[count];
      middle = new int[count];
      digits = new int[count];
      groups = new int[count];
    }
  }

  private static double exceptionCost(long[] residuals, int count, Window window) {
    double cost = 0;
    for (int i = 0; i < count; i++) {
      if (!window.holds(residuals[i])) {
        long distance = residuals[i] - window.low();
        cost += 10 + 64 - Long.numberOfLeadingZeros(distance ^ (distance >> 63));
      }
    }
    return cost;
  }

  /// The best split of a window into low bits and packed digits.
  private static Plan packed(long[] residuals, int count, Window window) {
    double exceptions = exceptionCost(residuals, count, window);
    long span = window.span();
    if (span == 0) {
      return new Plan(window, 0, null, false, exceptions);
    }
    int all = 64 - Long.numberOfLeadingZeros(span);
    Plan best = new Plan(window, all, null, false, exceptions + (double) count * all);
    for (int shift = Math.max(0, all - 5); shift < all; shift++) {
      int base = (int) (span >>> shift) + 1;
      if (base <= Digits.MAX_PACKED && (base & (base - 1)) != 0) {
        Digits packing = Digits.packing(base);
        double cost =
            exceptions + (double) packing.groups(count) * packing.width() + count * (double) shift;
        if (cost < best.cost) {
          best = new Plan(window, shift, packing, false, cost);
        }
      }
    }
    return best;
  }

  /// The best entropy-coded way for a window if it beats another plan by its price.
  private Plan coded(long[] residuals, int count, Window window, Plan other) {
    if (window.span() == 0) {
      return other;
    }
    int all = 64 - Long.numberOfLeadingZeros(window.span());
    double exceptions = exceptionCost(residuals, count, window);
    int least = Math.max(0, all - 8);
    countDigits(residuals, count, window, least);
    int shift = cheapestShift(window, count, least, Math.max(0, all - 4));
    int base = (int) (window.span() >>> shift) + 1;
    Plan best = other;
    for (int each = grouping(base, shift); each >= 1; each--) {
      Digits grouped = Digits.of(base, each);
      count(residuals, count, new Plan(window, shift, grouped, true, 0));
      tans.fit(counts, grouped.combinations());
      double cost = exceptions + count * (double) shift + tans.cost(counts);
      double price = PRICE_OF_CODING * count / each;
      double bestPrice =
          best.coded && best.digits != null ? PRICE_OF_CODING * count / best.digits.count() : 0;
      if (cost + price < best.cost + bestPrice) {
        best = new Plan(window, shift, grouped, true, cost);
      }
    }
    return best;
  }

  /// Counts the digits above so many low bits; exceptions are as the lowest.
  private void countDigits(long[] residuals, int count, Window window, int shift) {
    Arrays.fill(counts, 0);
    long low = window.low();
    long span = window.span();
    for (int i = 0; i < count; i++) {
      long rest = residuals[i] - low;
      counts[Long.compareUnsigned(rest, span) > 0 ? 0 : (int) (rest >>> shift)]++;
    }
  }

  /// How many low bits to leave out of the symbols, from the counts of digits above the least: two
  /// neighbours become one for each bit more.
  private int cheapestShift(Window window, int count, int least, int most) {
    int best = least;
    double bestCost = Double.MAX_VALUE;
    for (int shift = least; shift <= most; shift++) {
      int base = (int) (window.span() >>> shift) + 1;
      if (base < 2) {
        break;
      }
      if (shift > least) {
        for (int i = 0; i < base; i++) {
          counts[i] = counts[2 * i] + (2 * i + 1 < Tans.MAX_SYMBOLS ? counts[2 * i + 1] : 0);
        }
        Arrays.fill(counts, base, Tans.MAX_SYMBOLS, 0);
      }
      double cost = count * (shift + Log2.of(count)) + TABLE_BITS * base;
      for (int i = 0; i < base; i++) {
        cost -= counts[i] == 0 ? 0 : counts[i] * Log2.of(counts[i]);
      }
      if (cost < bestCost) {
        best = shift;
        bestCost = cost;
      }
    }
    return best;
  }

  /// How many digits of a base one symbol may hold.
  private static int grouping(int base, int shift) {
    int each = 1;
    for (int all = base; shift == 0 && all * base <= Tans.MAX_SYMBOLS; all *= base) {
      each++;
    }
    return each;
  }

  private void count(long[] residuals, int count, Plan plan) {
    Digits grouped = split(residuals, count, plan);
    Arrays.fill(counts, 0);
    int all = grouped.groups(count);
    for (int t = 0; t < all; t++) {
      groups[t] = grouped.number(digits, count, all, t);
      counts[groups[t]]++;
    }
  }

  /// Fills the low bits, the middle bits and the digits; exceptions are as the lowest.
  private Digits split(long[] residuals, int count, Plan plan) {
    Digits grouped = plan.digits;
    int lowWidth = Layout.of(plan.shift, grouped == null ? 1 : grouped.base()).lowWidth();
    for (int i = 0; i < count; i++) {
      long rest = residuals[i] - plan.window.low();
      if (Long.compareUnsigned(rest, plan.window.span()) > 0) {
        rest = 0;
      }
      low[i] = (int) (lowWidth == 32 ? rest : rest & ((1L << lowWidth) - 1));
      middle[i] = (int) ((plan.shift == 64 ? rest : rest & ((1L << plan.shift) - 1)) >>> lowWidth);
      digits[i] = plan.shift == 64 ? 0 : (int) (rest >>> plan.shift);
    }
    return grouped == null ? Digits.NONE : grouped;
  }

  private void write(long[] residuals, int count, Plan plan, RunEncoder.Target target) {
    int exceptions = 0;
    for (int i = 0; i < count; i++) {
      exceptions += plan.window.holds(residuals[i]) ? 0 : 1;
    }
    int kind =
        plan.window.span() == 0
            ? RunEncoder.NOTHING
            : plan.coded ? RunEncoder.CODED : RunEncoder.PACKED;
    ByteSink out = target.out();
    out.putByte(target.header() | (kind << 2) | (exceptions > 0 ? RunEncoder.HAS_EXCEPTIONS : 0));
    out.put(target.head().bytes(), target.head().size());
    out.putZigzag(plan.window.low());
    if (exceptions > 0) {
      putExceptions(residuals, count, plan.window, exceptions, out);
    }
    if (kind == RunEncoder.NOTHING) {
      return;
    }
    out.put(target.marks().bytes(), target.marks().size());
    Digits grouped = plan.digits;
    out.putByte(plan.shift);
    out.putByte(grouped == null ? 1 : grouped.base() & 0xFF);
    split(residuals, count, plan);
    Layout layout = Layout.of(plan.shift, grouped == null ? 1 : grouped.base());
    if (layout.lowWidth() > 0) {
      planes.pack(low, count, layout.lowWidth(), out);
    }
    if (layout.middleWidth() > 0) {
      planes.pack(middle, count, layout.middleWidth(), out);
    }
    if (grouped != null) {
      putDigits(count, plan, grouped, out);
    }
  }

  private static void putExceptions(
      long[] residuals, int count, Window window, int exceptions, ByteSink out) {
    out.putVarint(exceptions);
    int before = 0;
    for (int i = 0; i < count; i++) {
      if (!window.holds(residuals[i])) {
        out.putVarint(i - before);
        out.putZigzag(residuals[i] - window.low());
        before = i;
      }
    }
  }

  private void putDigits(int count, Plan plan, Digits grouped, ByteSink out) {
    int all = grouped.groups(count);
    if (!plan.coded) {
      for (int t = 0; t < all; t++) {
        groups[t] = grouped.fraction(grouped.number(digits, count, all, t));
      }
      planes.pack(groups, all, grouped.width(), out);
      return;
    }
    Arrays.fill(counts, 0);
    for (int t = 0; t < all; t++) {
      groups[t] = grouped.number(digits, count, all, t);
      counts[groups[t]]++;
    }
    tans.fit(counts, grouped.combinations());
    out.putByte(grouped.count());
    tans.putTable(out);
    tans.encode(groups, all, out);
  }
}
