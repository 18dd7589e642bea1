package hinomi.metricstore.dense;

/// Unpacks a column of times and finds those between two. Where they are regular nothing is
/// unpacked at all. Made to be used again; one thread.
final class TimeDecoder {
  private final RunDecoder run;
  private long[] times = {};
  private long[] line = {};
  private long lineStep;
  private int lineLength;
  private boolean regular;
  private int begin;
  private int end;

  TimeDecoder(DenseInput in) {
    run = new RunDecoder(in);
  }

  /// @param from in milliseconds since the epoch, included
  /// @param to as `from`, included
  void open(int count, long from, long to) {
    begin = 0;
    end = 0;
    run.open(count);
    regular = run.isLine();
    if (!regular) {
      times = run.read(0, count);
    }
    begin = firstAtOrAfter(from, count);
    end = to == Long.MAX_VALUE ? count : Math.max(begin, firstAtOrAfter(to + 1, count));
  }

  /// Index of the first sample between the two times.
  int begin() {
    return begin;
  }

  /// Index behind the last one.
  int end() {
    return end;
  }

  long time(int i) {
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

  /// Sets as many elements as were found.
  void put(long[] into, int at) {
    if (!regular) {
      System.arraycopy(times, begin, into, at, end - begin);
      return;
    }
    draw(end - begin);
    System.arraycopy(line, 0, into, at, end - begin);
  }

  // Series of one fleet mostly have the same times: a copy is cheaper than a computation.
  private void draw(int length) {
    long first = time(begin);
    long step = run.step();
    if (length <= lineLength && line[0] == first && lineStep == step) {
      return;
    }
    if (line.length < length) {
      line = new long[Math.max(length, line.length * 2)];
    }
    for (int i = 0; i < length; i++) {
      line[i] = first + i * step;
    }
    lineStep = step;
    lineLength = length;
  }
}
