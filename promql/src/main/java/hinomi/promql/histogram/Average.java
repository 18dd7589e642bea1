package hinomi.promql.histogram;

import hinomi.model.Histogram;

/// The mean of histograms: their sum divided by their number, as long as the sum is finite, and
/// from then on a running mean, which does not overflow. One thread.
public final class Average implements Total {
  private final Tally tally;
  private double number = 1;
  private boolean running;

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
    if (!running && (other.running || tally.mayOverflow(other.tally))) {
      run();
    }
    double all = number + other.number;
    if (running) {
      other.run();
      tally.multiply(number / all);
      other.tally.multiply(other.number / all);
    }
    number = all;
    return tally.merge(other.tally);
  }

  private void run() {
    if (!running) {
      running = true;
      tally.divide(number);
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
    run();
    return tally.histogram();
  }
}
