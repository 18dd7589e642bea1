@NullMarked
package hinomi.alertengine.journal;

import org.jspecify.annotations.NullMarked;
