/// Rules and routes held against each other.
@NullMarked
package hinomi.rulelint.route;

import org.jspecify.annotations.NullMarked;
