/// An edition becomes files that any static host can serve.
@NullMarked
package hinomi.statuspage.publish;

import org.jspecify.annotations.NullMarked;
