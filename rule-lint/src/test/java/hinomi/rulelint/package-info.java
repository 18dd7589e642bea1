@NullMarked
package hinomi.rulelint;

import org.jspecify.annotations.NullMarked;
