package hinomi.promql.parse;

/// What of the language is spoken.
///
/// @param experimental whether what Prometheus keeps behind feature flags is understood:
///   experimental functions and aggregations, arithmetic on durations, `anchored` and `smoothed`,
///   `fill`
/// @param maxLength of an expression, characters; the longest of 7,500 public expressions has 1,800
/// @param maxDepth of brackets, signs and right sides inside one another; the deepest of those has
///   7
public record Dialect(boolean experimental, int maxLength, int maxDepth) {
  /// Everything, with limits that no sensible expression meets.
  public static final Dialect FULL = new Dialect(true, 16_384, 100);
}
