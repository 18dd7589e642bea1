/// The alerts that fire now, whoever evaluates them, as others want to see them.
@NullMarked
package hinomi.alertengine.standing;

import org.jspecify.annotations.NullMarked;
