/// The engine over HTTP: Prometheus' rules and alerts, our groups, and acknowledgements.
@NullMarked
package hinomi.alertengine.http;

import org.jspecify.annotations.NullMarked;
