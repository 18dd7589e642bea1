package hinomi.logindexer.logql;

import java.util.BitSet;

/// The values of one series, a value a step where there is one. Belongs to one evaluation.
public final class Row {
  private final double[] values;
  private final BitSet present = new BitSet();

  Row(int steps) {
    values = new double[steps];
  }

  void set(int step, double value) {
    values[step] = value;
    present.set(step);
  }

  public boolean has(int step) {
    return present.get(step);
  }

  public double value(int step) {
    return values[step];
  }

  public boolean isEmpty() {
    return present.isEmpty();
  }
}
