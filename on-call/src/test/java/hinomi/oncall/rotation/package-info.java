@NullMarked
package hinomi.oncall.rotation;

import org.jspecify.annotations.NullMarked;
