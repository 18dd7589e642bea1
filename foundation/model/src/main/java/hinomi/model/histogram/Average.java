package hinomi.model.histogram;

import hinomi.model.Histogram;

/// The mean of histograms: their sum divided by their number. Where the sum would overflow it is
/// kept smaller by a power of two, which rounds nothing. One thread.
public final class Average implements Total {
  /// Room for more histograms than there can be.
  private static final double SMALLER = 0x1p-60;

  private final Tally tally;
  private double number = 1;
  private boolean small;

  private Average(Histogram first) {
    tally = Tally.of(first);
  }

  public static Average of(Histogram first) {
    return new Average(first);
  }

  @Override
  public boolean add(Histogram other) {
    return merge(new Average(other));
  }

  @Override
  public boolean merge(Total total) {
    Average other = (Average) total;
    if (small || other.small || tally.mayOverflow(other.tally)) {
      shrink();
      other.shrink();
    }
    number += other.number;
    return tally.merge(other.tally);
  }

  private void shrink() {
    if (!small) {
      small = true;
      tally.multiply(SMALLER);
    }
  }

  @Override
  public boolean isReconciled() {
    return tally.isReconciled();
  }

  @Override
  public boolean resetsCollide() {
    return tally.resetsCollide();
  }

  @Override
  public Histogram histogram() {
    tally.divide(number);
    if (small) {
      tally.divide(SMALLER);
    }
    return tally.histogram();
  }
}
