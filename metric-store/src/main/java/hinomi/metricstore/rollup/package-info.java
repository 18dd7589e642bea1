/// What is kept of samples for years: for buckets of 5 minutes, an hour and a day their smallest,
/// largest, sum, count, first, last and what a counter lost by beginning anew; of native histograms
/// the same, but for smallest and largest.
///
/// The path: a day that is past is read sample by sample and folded ([Fold]) into buckets, those of
/// each [Tier] from the finer one's, and written into that tier's blocks, each of the [Columns] a
/// series ([Rollups], which also keeps the [Ledger] of what is rolled up). A query has its ranges
/// laid out in stretches ([Cover]), whole buckets where they fit and samples elsewhere.
@NullMarked
package hinomi.metricstore.rollup;

import org.jspecify.annotations.NullMarked;
