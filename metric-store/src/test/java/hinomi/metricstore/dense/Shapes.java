package hinomi.metricstore.dense;

import hinomi.model.Sample;
import java.util.Random;

/// Columns of the shapes that real series have, and of some that none has.
final class Shapes {
  static final int KINDS = 22;

  private static final long[] ODD_BITS = {
    Sample.STALE_BITS,
    Double.doubleToRawLongBits(Double.NaN),
    0x7ff8dead_beef0001L,
    0xfff0000000000001L,
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
    Double.doubleToRawLongBits(-0.0),
    Double.doubleToRawLongBits(Double.MAX_VALUE),
    1,
    -1
  };

  private Shapes() {}

  static long[] times(Random random, int count) {
    long[] times = new long[count];
    int kind = random.nextInt(6);
    if (kind == 5) {
      return wild(random, times);
    }
    long time = 1_770_000_000_000L + random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      times[i] = time + (kind == 1 ? random.nextInt(9) : 0);
      time +=
          switch (kind) {
            case 2 -> random.nextInt(200) == 0 ? 30_000 : 15_000;
            case 3 -> 1 + random.nextInt(60_000);
            case 4 -> 15_000 + Math.round(random.nextGaussian() * 20);
            default -> 15_000;
          };
    }
    return times;
  }

  /// Strictly rising over the whole range of longs.
  private static long[] wild(Random random, long[] times) {
    for (int i = 0; i < times.length; i++) {
      times[i] = random.nextLong();
    }
    java.util.Arrays.sort(times);
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        times[i] = times[i - 1] + 1;
      }
    }
    return times;
  }

  static double[] values(Random random, int count) {
    return values(random, random.nextInt(KINDS), count);
  }

  static double[] values(Random random, int kind, int count) {
    double[] values = new double[count];
    double rate = Math.pow(10, random.nextInt(6));
    double value = random.nextInt(4) == 0 ? 0 : Math.rint(rate * random.nextInt(1000));
    for (int i = 0; i < count; i++) {
      value = next(random, kind, value, rate);
      values[i] = value;
    }
    if (count > 0 && random.nextInt(5) == 0) {
      sprinkle(random, values);
    }
    return values;
  }

  private static double next(Random random, int kind, double value, double rate) {
    return switch (kind) {
      case 0 -> value;
      case 1 -> value + (random.nextInt(500) == 0 ? 1 : 0);
      case 2 -> value + Math.rint(rate * random.nextDouble());
      case 3 -> Math.rint((value + rate * random.nextDouble()) * 100) / 100;
      case 4 -> value + 4096 * random.nextInt(-300, 300);
      case 5 -> Math.rint(rate * random.nextDouble() * 1000) / 1000;
      case 6 -> random.nextInt(3) == 0 ? value + random.nextInt(-2, 3) : value;
      case 7 -> value * 0.9 + 0.1 * random.nextDouble();
      case 8 -> value + random.nextDouble() * rate;
      case 9 -> random.nextGaussian();
      case 10 -> value + Math.rint(rate * random.nextGaussian());
      case 11 -> value + Math.rint(-Math.log(1 - random.nextDouble()) * rate);
      case 12 -> random.nextInt(20) == 0 ? random.nextInt(100) : value;
      case 13 -> random.nextInt(2);
      case 14 -> random.nextInt(300) == 0 ? 0 : value + random.nextInt(1000);
      case 15 -> (float) (value + random.nextGaussian());
      case 16 -> Double.longBitsToDouble(random.nextLong());
      case 17 -> Double.longBitsToDouble(ODD_BITS[random.nextInt(ODD_BITS.length)]);
      case 18 -> value + (random.nextInt(100) == 0 ? rate * 1e6 : random.nextInt(10));
      case 19 -> random.nextLong();
      case 20 -> Double.MIN_VALUE * random.nextInt(1000);
      default -> Math.scalb((double) random.nextInt(1 << 20), random.nextInt(-3, 3) * 7);
    };
  }

  private static void sprinkle(Random random, double[] values) {
    for (int i = 1 + random.nextInt(1 + values.length / 20); i > 0; i--) {
      values[random.nextInt(values.length)] =
          Double.longBitsToDouble(ODD_BITS[random.nextInt(ODD_BITS.length)]);
    }
  }
}
