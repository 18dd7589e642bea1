@NullMarked
package hinomi.alertengine.evaluate;

import org.jspecify.annotations.NullMarked;
