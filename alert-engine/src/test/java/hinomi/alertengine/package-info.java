@NullMarked
package hinomi.alertengine;

import org.jspecify.annotations.NullMarked;
