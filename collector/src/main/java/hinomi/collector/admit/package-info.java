/// The second stage: holds what was decoded against the limits, item by item. Pure functions.
@NullMarked
package hinomi.collector.admit;

import org.jspecify.annotations.NullMarked;
