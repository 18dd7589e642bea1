@NullMarked
package hinomi.collector;

import org.jspecify.annotations.NullMarked;
