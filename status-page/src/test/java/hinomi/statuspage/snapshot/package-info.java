@NullMarked
package hinomi.statuspage.snapshot;

import org.jspecify.annotations.NullMarked;
