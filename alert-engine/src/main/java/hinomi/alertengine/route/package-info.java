/// Decides for an alert whom it concerns and with what it is told together: a [Router] turns labels
/// into a [Route].
@NullMarked
package hinomi.alertengine.route;

import org.jspecify.annotations.NullMarked;
