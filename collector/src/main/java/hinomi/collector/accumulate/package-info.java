/// What points of delta temporality add up to: a store of cumulative series must be told totals.
/// [DeltaSums] remembers them between two requests.
@NullMarked
package hinomi.collector.accumulate;

import org.jspecify.annotations.NullMarked;
