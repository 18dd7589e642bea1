/// The second stage of log lines: holds them against the limits, one by one. Pure functions.
/// Samples are judged by the store, series by series, for it knows those that it has judged before.
@NullMarked
package hinomi.collector.admit;

import org.jspecify.annotations.NullMarked;
