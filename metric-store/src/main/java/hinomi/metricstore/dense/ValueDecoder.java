package hinomi.metricstore.dense;

import java.util.Arrays;

/// Unpacks a column of values, any part of it. Made to be used again; one thread.
final class ValueDecoder {
  static final int HAS_APART = 1 << 2;

  private final DenseInput in;
  private final RunDecoder run;
  private int[] apart = new int[16];
  private double[] apartValues = new double[16];
  private int apartCount;

  ValueDecoder(DenseInput in) {
    this.in = in;
    run = new RunDecoder(in);
  }

  /// Sets `into[at…]` to the values from one index to before another.
  ///
  /// @param count how many values the column has
  void decode(int count, int begin, int end, double[] into, int at) {
    int header = in.takeByte();
    Scale scale = Scale.checked(header & 3, in.takeZigzag());
    if ((header & HAS_APART) != 0) {
      takeApart(count);
      spread(count, new Digits.Range(begin, end), scale, into, at);
      return;
    }
    run.open(count);
    if (run.isLine() && run.step() == 0) {
      Arrays.fill(into, at, at + end - begin, scale.value(run.first()));
    } else {
      scale.values(run.read(begin, end), begin, end, into, at);
    }
  }

  private void takeApart(int count) {
    apartCount = in.takeCount(count);
    if (apart.length < apartCount) {
      apart = new int[Math.max(apartCount, apart.length * 2)];
      apartValues = new double[apart.length];
    }
    int place = 0;
    for (int i = 0; i < apartCount; i++) {
      int step = in.takeCount(count - 1 - place);
      if (i > 0 && step == 0) {
        throw new Damaged("a value stands twice");
      }
      place += step;
      apart[i] = place;
      apartValues[i] = Double.longBitsToDouble(in.takeLong());
    }
  }

  /// Puts the values that were set apart between the others.
  private void spread(int count, Digits.Range range, Scale scale, double[] into, int at) {
    int begin = range.from();
    int end = range.to();
    int before = 0;
    while (before < apartCount && apart[before] < begin) {
      before++;
    }
    int behind = before;
    while (behind < apartCount && apart[behind] < end) {
      behind++;
    }
    long[] numbers = {};
    if (end - behind > begin - before) {
      run.open(count - apartCount);
      numbers = run.read(begin - before, end - behind);
    }
    int place = begin;
    for (int i = before; i <= behind; i++) {
      int stop = i < behind ? apart[i] : end;
      scale.values(numbers, place - i, stop - i, into, at + place - begin);
      if (i < behind) {
        into[at + stop - begin] = apartValues[i];
      }
      place = stop + 1;
    }
  }
}
