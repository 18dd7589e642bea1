/// Arithmetic of native histograms, with nothing of queries in it. [hinomi.model.Histogram] is what
/// goes in and comes out; [hinomi.model.histogram.Tally] adds, subtracts and scales,
/// [hinomi.model.histogram.Average] averages, [hinomi.model.histogram.Resets] finds restarts of
/// counters, [hinomi.model.histogram.Run] takes neighbours in time together,
/// [hinomi.model.histogram.Bucket] lists the buckets with their bounds, and the others estimate
/// from those. Follows the Prometheus native histogram specification and the answers of Prometheus
/// 3.
@NullMarked
package hinomi.model.histogram;

import org.jspecify.annotations.NullMarked;
