@NullMarked
package hinomi.alertengine.route;

import org.jspecify.annotations.NullMarked;
