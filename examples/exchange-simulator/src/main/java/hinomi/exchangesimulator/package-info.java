/// A small exchange that trades, logs and can be broken on purpose: orders enter at the gateway,
/// are matched in the book, and what happened goes out as market data, metrics and log lines.
@NullMarked
package hinomi.exchangesimulator;

import org.jspecify.annotations.NullMarked;
