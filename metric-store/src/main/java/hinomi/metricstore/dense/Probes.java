package hinomi.metricstore.dense;

/// A look at some places of a run, to tell which predictions are worth measuring: for each, how
/// many bits lie between what it leaves and the middle of that. Used again for the next run; one
/// thread.
final class Probes {
  /// Beside [RunEncoder]'s predictions: the straight line.
  static final int SLOPE = 3;

  private static final int MOST = 31;
  private static final int LEAST = 15;

  /// Bits a number by which a look may be wrong.
  private static final double UNSURE = 0.25;

  private final long[][] left = new long[4][MOST];
  private final double[] bits = new double[4];

  /// @return the slope of a straight line that the run may be near to; 0 if there is none
  long look(long[] numbers, int count) {
    int places = Math.clamp(count / 8, LEAST, MOST);
    int found = 0;
    if (count >= 3) {
      for (; found < places; found++) {
        int i = 2 + (int) ((long) found * (count - 2) / places);
        long here = numbers[i];
        long delta = here - numbers[i - 1];
        left[RunEncoder.LINE][found] = here;
        left[RunEncoder.DELTA][found] = delta;
        left[RunEncoder.DELTA_OF_DELTA][found] = delta - (numbers[i - 1] - numbers[i - 2]);
      }
    }
    long slope = weigh(RunEncoder.DELTA, found);
    weigh(RunEncoder.DELTA_OF_DELTA, found);
    for (int k = 0; k < found; k++) {
      int i = 2 + (int) ((long) k * (count - 2) / places);
      left[SLOPE][k] = numbers[i] - i * slope;
    }
    weigh(SLOPE, found);
    weigh(RunEncoder.LINE, found);
    return slope;
  }

  /// Whether a prediction may leave less than the one before does.
  boolean mayBeat(int prediction) {
    return bits[prediction] <= bits[RunEncoder.DELTA] + UNSURE;
  }

  /// @return the middle
  private long weigh(int prediction, int found) {
    long[] all = left[prediction];
    for (int i = 1; i < found; i++) {
      long one = all[i];
      int at = i - 1;
      while (at >= 0 && all[at] > one) {
        all[at + 1] = all[at--];
      }
      all[at + 1] = one;
    }
    long middle = found == 0 ? 0 : all[found / 2];
    long sum = 0;
    for (int i = 0; i < found; i++) {
      long distance = all[i] - middle;
      sum += 64 - Long.numberOfLeadingZeros(distance ^ (distance >> 63));
    }
    bits[prediction] = found == 0 ? 0 : (double) sum / found;
    return middle;
  }
}
