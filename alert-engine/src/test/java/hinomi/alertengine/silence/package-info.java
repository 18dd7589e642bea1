@NullMarked
package hinomi.alertengine.silence;

import org.jspecify.annotations.NullMarked;
