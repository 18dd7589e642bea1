/// What is true at one moment: the tree of components, the published incidents and what follows
/// from them for the page as a whole.
@NullMarked
package hinomi.statuspage.snapshot;

import org.jspecify.annotations.NullMarked;
