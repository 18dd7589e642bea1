package hinomi.promql.evaluate;

/// The sums from which a least-squares line follows, over samples that come at one end and leave at
/// the other. They are kept twice as precise as numbers are ([Twice]), times counted from a sample
/// nearby: so a line is the same number whether its window was moved to or looked at by itself, and
/// what Prometheus' compensated sums lose when they cancel is not lost.
///
/// One thread.
final class LineSums {
  /// Products of numbers beyond these might overflow, or lose their ends.
  private static final double LARGEST = 1e120;

  private static final double SMALLEST = 1e-120;

  /// The largest sum so far may be so many times the present one: that costs 10 bits of 100.
  private static final double MOST = 0x1p10;

  /// After so many times the window's count they are to be taken anew, so that nothing that is
  /// rounded adds up, and times stay near.
  private static final int WORN = 32;

  private static final int FEW = 256;

  private final TwiceSum time = new TwiceSum();
  private final TwiceSum value = new TwiceSum();
  private final TwiceSum square = new TwiceSum(); // of times
  private final TwiceSum product = new TwiceSum(); // of time and value
  private long zero;
  private int count;
  private int strange;
  private long moves;
  private double size; // of the values, without their signs
  private double largest;

  /// Begins anew.
  ///
  /// @param from a time near those to come, milliseconds since the epoch
  void begin(long from) {
    zero = from;
    count = 0;
    strange = 0;
    moves = 0;
    size = 0;
    largest = 0;
    time.clear();
    value.clear();
    square.clear();
    product.clear();
  }

  void add(long at, double number) {
    count++;
    move(at, number, 1);
  }

  void remove(long at, double number) {
    count--;
    move(at, number, -1);
  }

  private void move(long at, double number, int sign) {
    moves++;
    double since = (double) (at - zero);
    double x = sign * since;
    time.add(x);
    square.addProduct(x, since);
    double magnitude = Math.abs(number);
    if (magnitude <= LARGEST && (magnitude >= SMALLEST || number == 0)) {
      value.add(sign * number);
      product.addProduct(x, number);
      size += sign * magnitude;
      largest = Math.max(largest, size);
    } else {
      strange += sign;
    }
  }

  /// Whether there is a number that the sums cannot take in.
  boolean isStrange() {
    return strange > 0;
  }

  /// Whether they are as good as if they had been taken anew.
  boolean isSound() {
    return moves <= FEW + (long) WORN * count && largest <= MOST * size;
  }

  /// How much the line rises in a second.
  double slope() {
    return slopeByMillisecond().times(Twice.of(1000)).value();
  }

  private Twice slopeByMillisecond() {
    Twice n = Twice.of(count);
    Twice covariance = n.times(product.total()).minus(time.total().times(value.total()));
    Twice variance = n.times(square.total()).minus(time.total().times(time.total()));
    return covariance.over(variance);
  }

  /// Where the line is some time after a time.
  ///
  /// @param at milliseconds since the epoch
  double predicted(long at, double seconds) {
    Twice n = Twice.of(count);
    Twice slope = slopeByMillisecond();
    Twice middle = time.total().over(n);
    Twice since = Twice.of((double) (at - zero)).minus(middle);
    double intercept = value.total().over(n).plus(slope.times(since)).value();
    return slope.times(Twice.of(1000)).value() * seconds + intercept;
  }

  /// One sum.
  private static final class TwiceSum {
    private double high;
    private double low;

    void clear() {
      high = 0;
      low = 0;
    }

    void add(double number) {
      double sum = high + number;
      settle(sum, low + Twice.lost(high, number, sum));
    }

    void addProduct(double a, double b) {
      double whole = a * b;
      double sum = high + whole;
      settle(sum, (low + Math.fma(a, b, -whole)) + Twice.lost(high, whole, sum));
    }

    private void settle(double sum, double rest) {
      high = sum + rest;
      low = rest - (high - sum);
    }

    Twice total() {
      return new Twice(high, low);
    }
  }
}
