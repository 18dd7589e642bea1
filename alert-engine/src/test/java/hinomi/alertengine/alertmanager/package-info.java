@NullMarked
package hinomi.alertengine.alertmanager;

import org.jspecify.annotations.NullMarked;
