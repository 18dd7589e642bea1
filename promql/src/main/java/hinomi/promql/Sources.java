package hinomi.promql;

/// All that queries ask.
///
/// @param samples where samples come from
/// @param rollups where buckets come from
/// @param spacing how dense the samples are
public record Sources(SeriesSource samples, RollupSource rollups, Spacing spacing) {
  /// Samples alone.
  public static Sources of(SeriesSource samples) {
    return new Sources(samples, RollupSource.NONE, Spacing.ALL);
  }
}
