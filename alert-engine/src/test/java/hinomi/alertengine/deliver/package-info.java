@NullMarked
package hinomi.alertengine.deliver;

import org.jspecify.annotations.NullMarked;
