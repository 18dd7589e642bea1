package hinomi.promql.evaluate;

/// A mean: the sum divided by the count, as long as the sum is finite, and from then on a running
/// mean, which does not overflow. Both with Kahan's correction, as Prometheus does.
final class Mean {
  private double count;
  private double sum;
  private double lost;
  private boolean running;

  void add(double value) {
    count++;
    if (count == 1) {
      sum = value;
      return;
    }
    if (!running) {
      double next = sum + value;
      if (!Double.isInfinite(next)) {
        lost = KahanSum.lost(sum, lost, value, next);
        sum = next;
        return;
      }
      running = true;
      sum /= count - 1;
      lost /= count - 1;
    }
    double share = (count - 1) / count;
    double scaled = share * sum;
    double next = scaled + value / count;
    lost = KahanSum.lost(scaled, share * lost, value / count, next);
    sum = next;
  }

  /// Takes in what another one has seen.
  void merge(Mean other) {
    if (other.count == 0) {
      return;
    }
    if (count == 0) {
      count = other.count;
      sum = other.sum;
      lost = other.lost;
      running = other.running;
      return;
    }
    double all = count + other.count;
    double next = sum + other.sum;
    if (!running && !other.running && !Double.isInfinite(next)) {
      lost = KahanSum.lost(sum, lost, other.sum, next) + other.lost;
      sum = next;
      count = all;
      return;
    }
    run();
    other.run();
    double mine = sum * (count / all);
    double its = other.sum * (other.count / all);
    lost =
        KahanSum.lost(mine, lost * (count / all), its, mine + its)
            + other.lost * (other.count / all);
    sum = mine + its;
    count = all;
  }

  private void run() {
    if (!running) {
      running = true;
      sum /= count;
      lost /= count;
    }
  }

  double value() {
    return running ? sum + lost : sum / count + lost / count;
  }
}
