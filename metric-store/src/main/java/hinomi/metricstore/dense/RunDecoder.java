package hinomi.metricstore.dense;

import java.util.Arrays;

/// Unpacks what [RunEncoder] packed, in passes over arrays that the compiler makes vector loops of;
/// only sums go one by one. Made to be used again; one thread.
final class RunDecoder {
  private final Planes planes = new Planes();
  private final Tans tans = new Tans();
  private final int[] outputs = new int[Tans.MAX_SYMBOLS];
  private int[] low = new int[1 << 10];
  private int[] high = new int[1 << 10];
  private int[] groups = new int[1 << 10];
  private int[] places = new int[16];
  private long[] exceptions = new long[16];
  private int exceptionCount;
  private Layout layout = Layout.of(0, 1);

  /// @param count how many numbers were packed
  /// @param needed how many of the first are wanted, at least 1
  /// @param into has room for as many
  void decode(DenseInput in, int count, int needed, long[] into) {
    room(count);
    int header = in.takeByte();
    int prediction = header & 3;
    int kind = (header >>> 2) & 3;
    long first = in.takeZigzag();
    long factor = (header & RunEncoder.HAS_FACTOR) != 0 ? in.takeVarint() : 1;
    long argument = prediction == RunEncoder.DELTA ? 0 : in.takeZigzag();
    long base = in.takeZigzag();
    int lead = prediction;
    if (prediction > RunEncoder.DELTA_OF_DELTA || kind > RunEncoder.CODED) {
      throw new Damaged("a run of kind " + header);
    }
    int length = Math.max(0, count - lead);
    int wanted = Math.max(0, needed - lead);
    exceptionCount = 0;
    if ((header & RunEncoder.HAS_EXCEPTIONS) != 0) {
      takeExceptions(in, length);
    }
    if (kind == RunEncoder.NOTHING) {
      Arrays.fill(into, lead, lead + wanted, factor * base);
    } else {
      residuals(in, kind, length, wanted);
      scale(into, lead, wanted, factor, base);
    }
    for (int i = 0; i < exceptionCount && places[i] < wanted; i++) {
      into[lead + places[i]] = factor * (base + exceptions[i]);
    }
    into[0] = prediction == RunEncoder.LINE ? into[0] : first;
    switch (prediction) {
      case RunEncoder.LINE -> line(into, needed, first, factor * argument);
      case RunEncoder.DELTA -> sum(into, needed);
      default -> sumTwice(into, needed, factor * argument);
    }
  }

  private void room(int count) {
    if (count > low.length) {
      int larger = Math.max(count, low.length * 2);
      low = new int[larger];
      high = new int[larger];
      groups = new int[larger];
    }
  }

  private void takeExceptions(DenseInput in, int length) {
    exceptionCount = in.takeCount(length);
    if (exceptionCount > places.length) {
      places = new int[Math.max(exceptionCount, places.length * 2)];
      exceptions = new long[places.length];
    }
    int place = 0;
    for (int i = 0; i < exceptionCount; i++) {
      place += in.takeCount(length - 1 - place);
      places[i] = place;
      exceptions[i] = in.takeZigzag();
    }
  }

  private void residuals(DenseInput in, int kind, int length, int wanted) {
    int shift = in.takeByte();
    int base = in.takeByte();
    base = base == 0 ? Tans.MAX_SYMBOLS : base;
    if (shift > 64 || shift + 31 - Integer.numberOfLeadingZeros(base) > 64) {
      throw new Damaged("residuals of " + shift + " low bits and base " + base);
    }
    layout = Layout.of(shift, base);
    if (layout.wide()) {
      planes.unpack(in, length, layout.lowWidth(), low, wanted);
    }
    int width = layout.wide() ? layout.middleWidth() : layout.lowWidth();
    if (width > 0) {
      planes.unpack(in, length, width, high, wanted);
    } else {
      Arrays.fill(high, 0, wanted, 0);
    }
    if (base > 1) {
      Digits digits =
          kind == RunEncoder.PACKED ? packed(in, base, length) : coded(in, base, length);
      digits.spread(groups, digits.groups(length), width, high, wanted);
    }
  }

  private Digits packed(DenseInput in, int base, int length) {
    if (base > Digits.MAX_PACKED) {
      throw new Damaged("packed digits of base " + base);
    }
    Digits digits = Digits.packing(base);
    int all = digits.groups(length);
    planes.unpack(in, all, digits.width(), groups, all);
    return digits;
  }

  private Digits coded(DenseInput in, int base, int length) {
    int each = in.takeByte();
    long combinations = base;
    for (int i = 1; i < each && combinations <= Tans.MAX_SYMBOLS; i++) {
      combinations *= base;
    }
    if (each == 0 || combinations > Tans.MAX_SYMBOLS) {
      throw new Damaged("coded groups of " + each + " digits of base " + base);
    }
    Digits digits = Digits.of(base, each);
    tans.takeTable(in, (int) combinations);
    for (int s = 0; s < combinations; s++) {
      outputs[s] = digits.fraction(s);
    }
    tans.decode(in, outputs, groups, digits.groups(length));
    return digits;
  }

  private void scale(long[] into, int lead, int wanted, long factor, long base) {
    long start = factor * base;
    int[] top = high;
    if (layout.wide()) {
      int[] bottom = low;
      int shift = layout.lowWidth();
      for (int i = 0; i < wanted; i++) {
        into[lead + i] = start + factor * (((long) top[i] << shift) | (bottom[i] & 0xFFFFFFFFL));
      }
    } else if (factor == 1) {
      for (int i = 0; i < wanted; i++) {
        into[lead + i] = start + top[i];
      }
    } else {
      for (int i = 0; i < wanted; i++) {
        into[lead + i] = start + factor * top[i];
      }
    }
  }

  private static void line(long[] into, int needed, long first, long slope) {
    for (int i = 0; i < needed; i++) {
      into[i] += first + i * slope;
    }
  }

  private static void sum(long[] into, int needed) {
    long sum = into[0];
    for (int i = 1; i < needed; i++) {
      sum += into[i];
      into[i] = sum;
    }
  }

  private static void sumTwice(long[] into, int needed, long step) {
    if (needed > 1) {
      into[1] = into[0] + step;
    }
    long delta = step;
    for (int i = 2; i < needed; i++) {
      delta += into[i];
      into[i] = into[i - 1] + delta;
    }
  }
}
