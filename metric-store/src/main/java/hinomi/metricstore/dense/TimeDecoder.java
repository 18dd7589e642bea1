package hinomi.metricstore.dense;

/// Unpacks columns of times, only as far as they lie between two: where they are regular these are
/// found by computing. Made to be used again; one thread.
final class TimeDecoder {
  private final RunDecoder run;
  private long[] times = {};
  private boolean regular;

  TimeDecoder(DenseInput in) {
    run = new RunDecoder(in);
  }

  /// @param from in milliseconds since the epoch, included
  /// @param to as `from`, included
  void unpack(int count, long from, long to, TimeColumn into) {
    into.take(0, 0);
    run.open(count);
    regular = run.isLine();
    if (!regular) {
      times = run.read(0, count);
    }
    int begin = firstAtOrAfter(from, count);
    int end = to == Long.MAX_VALUE ? count : Math.max(begin, firstAtOrAfter(to + 1, count));
    long[] found = into.take(begin, end);
    if (regular) {
      long first = time(begin);
      long step = run.step();
      for (int i = 0; i < end - begin; i++) {
        found[i] = first + i * step;
      }
    } else {
      System.arraycopy(times, begin, found, 0, end - begin);
    }
  }

  private long time(int i) {
    return regular ? run.first() + i * run.step() : times[i];
  }

  private int firstAtOrAfter(long time, int count) {
    int low = -1;
    int high = count;
    while (high - low > 1) {
      int between = (low + high) >>> 1;
      if (time(between) < time) {
        low = between;
      } else {
        high = between;
      }
    }
    return high;
  }
}
