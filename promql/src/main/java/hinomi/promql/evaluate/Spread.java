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

  double variance() {
    return (squares.sum() + squares.lost()) / count;
  }

  double deviation() {
    return Math.sqrt(variance());
  }
}
