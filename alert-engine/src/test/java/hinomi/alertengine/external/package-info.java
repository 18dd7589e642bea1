@NullMarked
package hinomi.alertengine.external;

import org.jspecify.annotations.NullMarked;
