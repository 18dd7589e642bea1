@NullMarked
package hinomi.alertengine.state;

import org.jspecify.annotations.NullMarked;
