@NullMarked
package hinomi.alertengine.mute;

import org.jspecify.annotations.NullMarked;
