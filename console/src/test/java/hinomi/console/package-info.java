@NullMarked
package hinomi.console;

import org.jspecify.annotations.NullMarked;
