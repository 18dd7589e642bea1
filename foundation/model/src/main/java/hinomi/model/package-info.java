/// The values everybody speaks: what crosses a border between two modules is a record of this
/// package. Nothing here knows a protocol, a store or a thread; [Time] is the product's only clock.
@NullMarked
package hinomi.model;

import org.jspecify.annotations.NullMarked;
