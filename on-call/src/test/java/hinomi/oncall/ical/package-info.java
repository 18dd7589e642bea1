@NullMarked
package hinomi.oncall.ical;

import org.jspecify.annotations.NullMarked;
