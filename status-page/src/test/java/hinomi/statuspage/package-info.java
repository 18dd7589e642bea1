@NullMarked
package hinomi.statuspage;

import org.jspecify.annotations.NullMarked;
