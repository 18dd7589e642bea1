package hinomi.promql.evaluate;

/// `deriv` and `predict_linear` of all windows of a series, one after another: each sample is taken
/// in once and left out once. A window with numbers that sums cannot hold is looked at by itself,
/// as Prometheus does it. One thread.
final class RollingLine implements WindowFunction.Sweep {
  private final Asked asked;
  private final LineSums sums = new LineSums();
  private int begin; // of the samples in the sums
  private int end;
  private int alike; // since which sample they all have the same value

  /// What is asked of the line.
  interface Asked {
    /// @param scalars beside the range
    double of(LineSums sums, Window window, double[] scalars);

    /// Likewise where all values are the same, or the sums cannot be had.
    double alone(Window window, double[] scalars);
  }

  RollingLine(Asked asked) {
    this.asked = asked;
  }

  /// A window by itself.
  static WindowFunction.OfNumbers numbers(Asked asked) {
    return (window, scalars, _) -> new RollingLine(asked).at(window, scalars);
  }

  @Override
  public int apply(Window window, double[][] scalars, Remarks remarks, double[] into) {
    begin = 0;
    end = 0;
    double[] beside = new double[scalars.length];
    int present = 0;
    for (int step = 0; step < into.length; step++) {
      window.place(step);
      for (int i = 0; i < beside.length; i++) {
        beside[i] = scalars[i][step];
      }
      into[step] = at(window, beside);
      present += Row.isPresent(into[step]) ? 1 : 0;
    }
    return present;
  }

  private double at(Window window, double[] scalars) {
    if (window.count() < 2) {
      return Row.ABSENT;
    }
    int from = window.offset();
    int to = from + window.count();
    if (begin > from || end > to || end <= from || begin == end) {
      anew(window, from, to);
    } else {
      takeIn(window, to);
      while (begin < from) {
        sums.remove(window.allTimes()[begin], window.allValues()[begin]);
        begin++;
      }
      if (!sums.isSound()) {
        anew(window, from, to);
      }
    }
    return alike <= from || sums.isStrange()
        ? asked.alone(window, scalars)
        : asked.of(sums, window, scalars);
  }

  private void anew(Window window, int from, int to) {
    sums.begin(window.allTimes()[from]);
    begin = from;
    end = from;
    alike = from;
    takeIn(window, to);
  }

  private void takeIn(Window window, int to) {
    double[] values = window.allValues();
    for (; end < to; end++) {
      sums.add(window.allTimes()[end], values[end]);
      if (end > begin && values[end] != values[end - 1]) {
        alike = end;
      }
    }
  }
}
