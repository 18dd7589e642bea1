/// What is said of pages to those who keep incidents: a [Chronicle] puts deliveries, climbs and
/// acknowledgements into one line each.
@NullMarked
package hinomi.alertengine.chronicle;

import org.jspecify.annotations.NullMarked;
