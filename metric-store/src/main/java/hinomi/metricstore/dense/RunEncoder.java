package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;

/// Packs a run of 64-bit integers of one column: predicts each from those before, and packs what
/// the prediction leaves. Arithmetic wraps, so every run of any integers comes back. The layout is
/// drawn in `docs/formats/metric-store.md`. Made to be used again; one thread.
final class RunEncoder {
  /// Predictions: `first + i·slope`, the one before, the straight line through the two before.
  static final int LINE = 0;

  static final int DELTA = 1;
  static final int DELTA_OF_DELTA = 2;

  /// What residuals are in: nothing (all the same), planes and packed digits, planes and coded
  /// digits.
  static final int NOTHING = 0;

  static final int PACKED = 1;
  static final int CODED = 2;

  static final int HAS_EXCEPTIONS = 1 << 4;
  static final int HAS_FACTOR = 1 << 5;

  /// After so many numbers the sum so far is noted, so that reading can begin there.
  static final int MARK_EVERY = 512;

  private final Probes probes = new Probes();
  private final Spread spread = new Spread();
  private final ResidualEncoder residualEncoder = new ResidualEncoder();
  private long[] units = {};
  private long[] residuals = {};
  private long[] other = {};

  /// @param divide whether to look for a common factor of all differences; only where no difference
  ///   leaves 64 bits
  void encode(long[] numbers, int count, boolean divide, ByteSink out) {
    room(count);
    long factor = divide ? factor(numbers, count) : 1;
    long first = numbers[0];
    makeUnits(numbers, count, factor);
    Choice choice = choose(count);
    int length = residuals(choice.prediction, choice.slope, count, residuals);
    int header = choice.prediction | (factor == 1 ? 0 : HAS_FACTOR);
    ByteSink head = new ByteSink(32);
    head.putZigzag(first);
    if (factor != 1) {
      head.putVarint(factor);
    }
    if (choice.prediction == LINE) {
      head.putZigzag(choice.slope);
    } else if (choice.prediction == DELTA_OF_DELTA) {
      head.putZigzag(count > 1 ? units[1] : 0);
    }
    residualEncoder.encode(
        residuals, length, choice, new Target(header, head, marks(choice, count), out));
  }

  /// How to predict and which residuals to expect.
  record Choice(int prediction, long slope, Window packed, Window coded) {
    double cost() {
      return Math.min(packed.cost(), coded.cost());
    }
  }

  /// Where a run goes: its header gets its flags once the residuals are known.
  ///
  /// @param marks what follows the exceptions if there are residuals
  record Target(int header, ByteSink head, ByteSink marks, ByteSink out) {}

  /// Every [#MARK_EVERY]th number, as the change of the change since the one before.
  private ByteSink marks(Choice choice, int count) {
    ByteSink marks = new ByteSink(16);
    if (choice.prediction == DELTA) {
      long step = 0;
      for (int i = MARK_EVERY; i < count; i += MARK_EVERY) {
        long newStep = units[i] - units[i - MARK_EVERY];
        marks.putZigzag(newStep - step);
        step = newStep;
      }
    }
    return marks;
  }

  private void room(int count) {
    if (units.length < count) {
      units = new long[count];
      residuals = new long[count];
      other = new long[count];
    }
  }

  private void makeUnits(long[] numbers, int count, long factor) {
    long first = numbers[0];
    if ((factor & (factor - 1)) == 0) {
      int shift = Long.numberOfTrailingZeros(factor);
      for (int i = 0; i < count; i++) {
        units[i] = (numbers[i] - first) >> shift;
      }
    } else {
      for (int i = 0; i < count; i++) {
        units[i] = (numbers[i] - first) / factor;
      }
    }
  }

  /// The common power of two is found without a division, and more than that is rare.
  private static long factor(long[] numbers, int count) {
    long first = numbers[0];
    long bits = 0;
    for (int i = 1; i < count; i++) {
      bits |= numbers[i] - first;
    }
    if (bits == 0) {
      return 1;
    }
    int zeros = Long.numberOfTrailingZeros(bits);
    long odd = 0;
    for (int i = 1; i < count && odd != 1; i++) {
      odd = gcd(odd, Math.abs((numbers[i] - numbers[i - 1]) >> zeros));
    }
    return odd << zeros;
  }

  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  private Choice choose(int count) {
    long slope = probes.look(units, count);
    Choice best = measure(DELTA, 0, count);
    if (best.packed.span() == 0 && best.packed.cost() < 64) {
      return best;
    }
    if (probes.mayBeat(LINE)) {
      best = better(best, measure(LINE, 0, count));
    }
    if (slope != 0 && probes.mayBeat(Probes.SLOPE)) {
      best = better(best, measure(LINE, slope, count));
    }
    if (probes.mayBeat(DELTA_OF_DELTA)) {
      best = better(best, measure(DELTA_OF_DELTA, 0, count));
    }
    return best;
  }

  /// The earlier one unless the later saves half a percent: it is the cheaper one to unpack.
  private static Choice better(Choice a, Choice b) {
    return b.cost() < a.cost() * 0.995 ? b : a;
  }

  private Choice measure(int prediction, long slope, int count) {
    int length = residuals(prediction, slope, count, other);
    spread.measure(other, length);
    return new Choice(prediction, slope, spread.packed(), spread.coded());
  }

  private int residuals(int prediction, long slope, int count, long[] into) {
    return switch (prediction) {
      case LINE -> {
        for (int i = 0; i < count; i++) {
          into[i] = units[i] - i * slope;
        }
        yield count;
      }
      case DELTA -> {
        for (int i = 1; i < count; i++) {
          into[i - 1] = units[i] - units[i - 1];
        }
        yield count - 1;
      }
      default -> {
        for (int i = 2; i < count; i++) {
          into[i - 2] = units[i] - 2 * units[i - 1] + units[i - 2];
        }
        yield Math.max(0, count - 2);
      }
    };
  }
}
