package hinomi.metricstore.dense;

import java.util.Arrays;

/// Unpacks what [RunEncoder] packed, whole or a part of it, in passes over arrays that the compiler
/// makes vector loops of; only sums go one by one. First [#open], then [#read] or one of its
/// shortcuts. Made to be used again; one thread.
final class RunDecoder {
  private final DenseInput in;
  private final ResidualDecoder residuals;
  private int[] places = new int[16];
  private long[] exceptions = new long[16];
  private long[] numbers = new long[1 << 10];
  private final long[] marks = new long[DenseDecoder.MAX_SAMPLES / RunEncoder.MARK_EVERY + 1];
  private int exceptionCount;
  private int markCount;
  private int count;
  private int prediction;
  private boolean nothing;
  private long first;
  private long factor;
  private long argument;
  private long base;

  RunDecoder(DenseInput in) {
    this.in = in;
    residuals = new ResidualDecoder(in);
  }

  /// Takes the description of a run of so many numbers.
  void open(int countOfNumbers) {
    count = countOfNumbers;
    if (numbers.length < count) {
      numbers = new long[Math.max(count, numbers.length * 2)];
    }
    int header = in.takeByte();
    prediction = header & 3;
    int kind = (header >>> 2) & 3;
    if (prediction > RunEncoder.DELTA_OF_DELTA || kind > RunEncoder.CODED) {
      throw new Damaged("a run of kind " + header);
    }
    first = in.takeZigzag();
    factor = (header & RunEncoder.HAS_FACTOR) != 0 ? in.takeVarint() : 1;
    argument = prediction == RunEncoder.DELTA ? 0 : in.takeZigzag();
    base = in.takeZigzag();
    int length = Math.max(0, count - prediction);
    exceptionCount = 0;
    if ((header & RunEncoder.HAS_EXCEPTIONS) != 0) {
      takeExceptions(length);
    }
    nothing = kind == RunEncoder.NOTHING;
    markCount = 0;
    if (!nothing) {
      if (prediction == RunEncoder.DELTA) {
        takeMarks();
      }
      residuals.open(kind == RunEncoder.CODED, length);
    }
  }

  private void takeExceptions(int length) {
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

  private void takeMarks() {
    markCount = (count - 1) / RunEncoder.MARK_EVERY;
    long step = 0;
    long units = 0;
    for (int i = 1; i <= markCount; i++) {
      step += in.takeZigzag();
      units += step;
      marks[i] = units;
    }
  }

  /// Whether number `i` is [#first] plus `i` times [#step].
  boolean isLine() {
    return nothing && exceptionCount == 0 && prediction == RunEncoder.DELTA;
  }

  long first() {
    return first;
  }

  long step() {
    return factor * base;
  }

  /// Unpacks numbers from one index to before another, to be found at their index.
  long[] read(int from, int to) {
    switch (prediction) {
      case RunEncoder.LINE -> line(from, to);
      case RunEncoder.DELTA -> sums(from, to);
      default -> sumsOfSums(to);
    }
    return numbers;
  }

  private void line(int from, int to) {
    long start = first + factor * base;
    long slope = factor * argument;
    if (nothing) {
      for (int i = from; i < to; i++) {
        numbers[i] = start + i * slope;
      }
    } else {
      residuals.read(from, to);
      residuals.scale(factor, numbers, from, to);
      for (int i = from; i < to; i++) {
        numbers[i] += start + i * slope;
      }
    }
    for (int e = 0; e < exceptionCount; e++) {
      int i = places[e];
      numbers[i] = start + i * slope + factor * exceptions[e];
    }
  }

  private void sums(int from, int to) {
    int begin = nothing ? from : from / RunEncoder.MARK_EVERY * RunEncoder.MARK_EVERY;
    int e = 0;
    long sum = first;
    if (nothing) {
      sum += factor * base * begin;
      for (; e < exceptionCount && places[e] < begin; e++) {
        sum += factor * exceptions[e];
      }
    } else {
      sum += begin == 0 ? 0 : factor * marks[begin / RunEncoder.MARK_EVERY];
      while (e < exceptionCount && places[e] < begin) {
        e++;
      }
      residuals.read(begin, to - 1);
    }
    numbers[begin] = sum;
    int done = begin + 1;
    for (; e < exceptionCount && places[e] + 1 < to; e++) {
      int i = places[e] + 1;
      sumUp(done, i);
      numbers[i] = numbers[i - 1] + factor * (base + exceptions[e]);
      done = i + 1;
    }
    sumUp(done, to);
  }

  /// Number `i` is that before it plus residual `i − 1`.
  private void sumUp(int from, int to) {
    if (!nothing) {
      residuals.sum(numbers, from, to, factor, factor * base);
    } else if (factor * base == 0) {
      Arrays.fill(numbers, from, Math.max(from, to), numbers[from - 1]);
    } else {
      long sum = numbers[from - 1];
      long step = factor * base;
      for (int i = from; i < to; i++) {
        sum += step;
        numbers[i] = sum;
      }
    }
  }

  private void sumsOfSums(int to) {
    int length = Math.max(0, to - 2);
    if (nothing) {
      Arrays.fill(numbers, 2, 2 + length, 0);
    } else {
      residuals.read(0, length);
      residuals.scale(factor, numbers, 0, length);
      System.arraycopy(numbers, 0, numbers, 2, length);
    }
    for (int e = 0; e < exceptionCount && places[e] < length; e++) {
      numbers[2 + places[e]] = factor * exceptions[e];
    }
    numbers[0] = first;
    long step = factor * argument;
    if (to > 1) {
      numbers[1] = first + step;
    }
    for (int i = 2; i < to; i++) {
      step += factor * base + numbers[i];
      numbers[i] = numbers[i - 1] + step;
    }
  }
}
