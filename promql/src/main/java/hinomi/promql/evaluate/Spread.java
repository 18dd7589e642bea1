package hinomi.promql.evaluate;

/// The variance of values that come one by one (Welford), with Kahan's correction.
final class Spread {
  private final KahanSum mean = new KahanSum();
  private final KahanSum squares = new KahanSum();
  private double count;

  void add(double value) {
    count++;
    double delta = value - (mean.sum() + mean.lost());
    mean.add(delta / count);
    squares.add(delta * (value - (mean.sum() + mean.lost())));
  }

  /// Takes in what another one has seen (Chan's formula).
  void merge(Spread other) {
    if (other.count == 0) {
      return;
    }
    double all = count + other.count;
    double apart = (other.mean.sum() + other.mean.lost()) - (mean.sum() + mean.lost());
    mean.add(apart * (other.count / all));
    squares.add(other.squares.sum());
    squares.add(other.squares.lost());
    squares.add(apart * apart * (count * other.count / all));
    count = all;
  }

  double variance() {
    return (squares.sum() + squares.lost()) / count;
  }

  double deviation() {
    return Math.sqrt(variance());
  }
}
