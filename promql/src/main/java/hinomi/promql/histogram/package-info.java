/// Arithmetic of native histograms, with nothing of queries in it. [hinomi.model.Histogram] is what
/// goes in and comes out; [hinomi.promql.histogram.Tally] adds, subtracts and scales,
/// [hinomi.promql.histogram.Average] averages, [hinomi.promql.histogram.Resets] finds restarts of
/// counters, [hinomi.promql.histogram.Bucket] lists the buckets with their bounds, and the others
/// estimate from those. Follows the Prometheus native histogram specification and the answers of
/// Prometheus 3.
@NullMarked
package hinomi.promql.histogram;

import org.jspecify.annotations.NullMarked;
