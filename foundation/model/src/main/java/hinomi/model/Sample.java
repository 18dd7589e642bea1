package hinomi.model;

/// One measured value of one series.
///
/// @param labels the series, its name under [Labels#NAME]
/// @param timestamp milliseconds since the epoch
/// @param value any double; NaN payloads are kept bit by bit, for [#STALE] is one of them
public record Sample(Labels labels, long timestamp, double value) {
  /// The bits of the staleness marker: "this series has ended here" (Prometheus remote write spec).
  public static final long STALE_BITS = 0x7ff0000000000002L;

  /// The staleness marker. Compare with [#isStale], never with `==`.
  public static final double STALE = Double.longBitsToDouble(STALE_BITS);

  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }

  /// Equal to the last bit, so that NaN equals itself and 0 differs from -0.
  @Override
  public boolean equals(Object other) {
    return other instanceof Sample sample
        && timestamp == sample.timestamp
        && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(sample.value)
        && labels.equals(sample.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode() * 31 + Long.hashCode(timestamp);
  }
}
