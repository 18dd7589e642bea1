/// Alerts that are told about together: a [PageGroup] of [Member]s, from its first alert to the
/// notice that all are resolved.
@NullMarked
package hinomi.alertengine.group;

import org.jspecify.annotations.NullMarked;
