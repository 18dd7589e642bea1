@NullMarked
package hinomi.wire;

import org.jspecify.annotations.NullMarked;
