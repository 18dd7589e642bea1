/// The first stage: one class for each protocol, which takes the compression off, decodes, hands
/// the items to [hinomi.collector.Collector], and answers in the protocol's own words.
@NullMarked
package hinomi.collector.http;

import org.jspecify.annotations.NullMarked;
