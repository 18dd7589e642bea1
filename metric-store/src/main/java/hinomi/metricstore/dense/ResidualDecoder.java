package hinomi.metricstore.dense;

/// Unpacks residuals that [ResidualEncoder] packed, any part of them, into one column of ints or,
/// where they are wide, two. Made to be used again; one thread.
final class ResidualDecoder {
  private final DenseInput in;
  private final PlaneReader lowPlanes;
  private final PlaneReader highPlanes;
  private final PlaneReader groupPlanes;
  private final Tans tans = new Tans();
  private final int[] outputs = new int[Tans.MAX_SYMBOLS];
  private int[] low = new int[1 << 10];
  private int[] high = new int[1 << 10];
  private int[] groups = new int[1 << 10];
  private int[] row = new int[1 << 10];
  private int length;
  private boolean wide;
  private int lowWidth;
  private int highWidth;
  private Digits digits = Digits.NONE;
  private boolean coded;

  ResidualDecoder(DenseInput in) {
    this.in = in;
    lowPlanes = new PlaneReader(in);
    highPlanes = new PlaneReader(in);
    groupPlanes = new PlaneReader(in);
  }

  void open(boolean entropyCoded, int count) {
    if (count > low.length) {
      int larger = Math.max(count, low.length * 2);
      low = new int[larger];
      high = new int[larger];
      groups = new int[larger];
      row = new int[larger];
    }
    length = count;
    coded = entropyCoded;
    int shift = in.takeByte();
    int written = in.takeByte();
    int numberBase = written == 0 ? Tans.MAX_SYMBOLS : written;
    if (shift > 64 || shift + 31 - Integer.numberOfLeadingZeros(numberBase) > 64) {
      throw new Damaged("residuals of " + shift + " low bits and base " + numberBase);
    }
    Layout layout = Layout.of(shift, numberBase);
    wide = layout.wide();
    lowWidth = wide ? layout.lowWidth() : 0;
    highWidth = wide ? layout.middleWidth() : layout.lowWidth();
    lowPlanes.open(count, lowWidth);
    highPlanes.open(count, highWidth);
    digits = Digits.NONE;
    if (numberBase > 1) {
      openDigits(numberBase);
    }
  }

  private void openDigits(int numberBase) {
    if (coded) {
      int each = in.takeByte();
      long combinations = numberBase;
      for (int i = 1; i < each && combinations <= Tans.MAX_SYMBOLS; i++) {
        combinations *= numberBase;
      }
      if (each == 0 || combinations > Tans.MAX_SYMBOLS) {
        throw new Damaged("coded groups of " + each + " digits of base " + numberBase);
      }
      digits = Digits.of(numberBase, each);
      tans.takeTable(in, (int) combinations);
      for (int s = 0; s < combinations; s++) {
        outputs[s] = digits.fraction(s);
      }
    } else if (numberBase > Digits.MAX_PACKED) {
      throw new Damaged("packed digits of base " + numberBase);
    } else {
      digits = Digits.packing(numberBase);
      groupPlanes.open(digits.groups(length), digits.width());
    }
  }

  /// Unpacks residuals from one index to before another.
  void read(int from, int to) {
    if (to <= from) {
      return;
    }
    if (wide) {
      lowPlanes.unpack(low, from, to);
    }
    highPlanes.unpack(high, from, to);
    if (digits.base() > 1) {
      int all = digits.groups(length);
      Digits.Range wanted = digits.groupsOf(all, from, to);
      if (coded) {
        tans.decode(in, outputs, groups, wanted.to());
      } else {
        groupPlanes.unpack(groups, wanted.from(), wanted.to());
      }
      Digits.Range range = new Digits.Range(from, to);
      digits.spread(new Digits.Groups(groups, all), highWidth, row, high, range);
    }
  }

  /// Sets `into[from…to)` to residuals times a factor.
  void scale(long factor, long[] into, int from, int to) {
    int[] top = high;
    if (wide) {
      for (int i = from; i < to; i++) {
        into[i] = factor * wide(i);
      }
    } else {
      for (int i = from; i < to; i++) {
        into[i] = factor * top[i];
      }
    }
  }

  private long wide(int i) {
    return ((long) high[i] << lowWidth) | (low[i] & 0xFFFFFFFFL);
  }

  /// Adds up: each number is that before it plus a step plus the residual at its index less one
  /// times a factor.
  void sum(long[] numbers, int from, int to, long factor, long step) {
    if (wide) {
      long sum = numbers[from - 1];
      for (int i = from; i < to; i++) {
        sum += step + factor * wide(i - 1);
        numbers[i] = sum;
      }
    } else if (factor == 1) {
      sumUp(numbers, from, to, step);
    } else {
      int[] top = high;
      long sum = numbers[from - 1];
      for (int i = from; i < to; i++) {
        sum += step + factor * top[i - 1];
        numbers[i] = sum;
      }
    }
  }

  // Four at a time, so that only one addition of four waits for the one before.
  private void sumUp(long[] numbers, int from, int to, long step) {
    int[] top = high;
    long sum = numbers[from - 1];
    int i = from;
    for (; i < to - 3; i += 4) {
      long one = step + top[i - 1];
      long two = one + step + top[i];
      long three = two + step + top[i + 1];
      long four = three + step + top[i + 2];
      numbers[i] = sum + one;
      numbers[i + 1] = sum + two;
      numbers[i + 2] = sum + three;
      sum += four;
      numbers[i + 3] = sum;
    }
    for (; i < to; i++) {
      sum += step + top[i - 1];
      numbers[i] = sum;
    }
  }
}
