/// Series with their values as tests of rules and queries write them: `up{job="a"} 1x5 0 _ stale`
/// ([hinomi.promql.notation.SeriesLine]), native histograms included
/// ([hinomi.promql.notation.HistogramNotation]).
@NullMarked
package hinomi.promql.notation;

import org.jspecify.annotations.NullMarked;
