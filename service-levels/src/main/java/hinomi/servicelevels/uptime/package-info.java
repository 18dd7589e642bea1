/// Claims folded into one condition at a time, and counted.
@NullMarked
package hinomi.servicelevels.uptime;

import org.jspecify.annotations.NullMarked;
