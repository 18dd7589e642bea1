package hinomi.promql.histogram;

import hinomi.model.Histogram;

/// The mean of histograms: their sum divided by their number, as long as the sum is finite, and
/// from then on a running mean, which does not overflow. One thread.
public final class Average {
  private final Tally tally;
  private double number = 1;
  private boolean running;

  private Average(Histogram first) {
    tally = Tally.of(first);
  }

  public static Average of(Histogram first) {
    return new Average(first);
  }

  /// Gives false when one has custom bounds and another has not.
  public boolean add(Histogram other) {
    number++;
    if (!running && tally.mayOverflow(other)) {
      running = true;
      tally.divide(number - 1);
    }
    if (!running) {
      return tally.add(other);
    }
    tally.multiply((number - 1) / number);
    Tally share = Tally.of(other);
    share.divide(number);
    return tally.add(share.histogram());
  }

  /// As in [Tally].
  public boolean isReconciled() {
    return tally.isReconciled();
  }

  /// As in [Tally].
  public boolean resetsCollide() {
    return tally.resetsCollide();
  }

  /// Nothing can be added afterwards.
  public Histogram histogram() {
    if (!running) {
      tally.divide(number);
    }
    return tally.histogram();
  }
}
