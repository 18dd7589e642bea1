package hinomi.metricstore.dense;

/// Which residuals are packed: those from `low` to `low + span`; the others are listed one by one.
///
/// @param low smallest residual inside
/// @param span largest residual inside less the smallest, unsigned
/// @param cost bits that the packing is expected to take, exceptions included
record Window(long low, long span, double cost) {
  boolean holds(long residual) {
    return Long.compareUnsigned(residual - low, span) <= 0;
  }
}
