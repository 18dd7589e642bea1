/// Rules held against what a store has.
@NullMarked
package hinomi.rulelint.series;

import org.jspecify.annotations.NullMarked;
