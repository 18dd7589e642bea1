@NullMarked
package hinomi.alertengine.calendar;

import org.jspecify.annotations.NullMarked;
