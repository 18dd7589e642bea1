package hinomi.metricstore.dense;

/// Those times of an unpacked column that lie between two, and where in the column: any number of
/// columns of values may be unpacked for them ([DenseDecoder#decodeValues]). Made to be used again;
/// one thread.
public final class TimeColumn {
  private long[] found = {};
  private int begin;
  private int end;

  /// Takes the times from one index to before another, to be filled in at once.
  long[] take(int from, int to) {
    begin = from;
    end = to;
    if (found.length < to - from) {
      found = new long[to - from];
    }
    return found;
  }

  /// Index of the first sample between the two times.
  int begin() {
    return begin;
  }

  /// Index behind the last one.
  int end() {
    return end;
  }

  /// @param i from [#begin] to before [#end]
  long time(int i) {
    return found[i - begin];
  }

  /// Sets as many elements as were found.
  void put(long[] into, int at) {
    System.arraycopy(found, 0, into, at, end - begin);
  }
}
