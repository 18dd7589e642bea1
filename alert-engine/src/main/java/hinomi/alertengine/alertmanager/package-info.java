/// An existing `alertmanager.yml`, read unchanged: the routing tree, receivers, inhibition and
/// times of day become an [AlertmanagerFile]; whatever we cannot do is a mistake with its place.
@NullMarked
package hinomi.alertengine.alertmanager;

import org.jspecify.annotations.NullMarked;
