@NullMarked
package hinomi.oncall;

import org.jspecify.annotations.NullMarked;
