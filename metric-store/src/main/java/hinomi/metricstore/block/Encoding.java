package hinomi.metricstore.block;

/// How the samples of a chunk are packed. The codes belong to the format.
enum Encoding {
  /// Numbers ([hinomi.metricstore.dense.DenseEncoder]).
  DENSE(1),
  /// Native histograms with their times ([hinomi.metricstore.dense.HistogramEncoder]).
  HISTOGRAM(2),
  /// Since when the samples of the chunk before it count: their times, and starts as numbers.
  STARTS(3);

  private final int code;

  Encoding(int code) {
    this.code = code;
  }

  /// Two bits.
  int code() {
    return code;
  }

  static Encoding of(int code) {
    return switch (code) {
      case 1 -> DENSE;
      case 2 -> HISTOGRAM;
      case 3 -> STARTS;
      default -> throw new IllegalStateException("BUG: encoding " + code);
    };
  }
}
