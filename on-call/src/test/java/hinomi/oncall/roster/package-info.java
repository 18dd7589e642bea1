@NullMarked
package hinomi.oncall.roster;

import org.jspecify.annotations.NullMarked;
