package hinomi.promql;

/// How dense the samples are that a [SeriesSource] gives, for a store may have thinned out old
/// ones.
@FunctionalInterface
public interface Spacing {
  /// One that keeps all.
  Spacing ALL = _ -> 0;

  /// In milliseconds, how far apart the samples of a time are: there is one in each such bucket; 0
  /// where all are kept. Never less for an earlier time.
  long at(long millis);
}
