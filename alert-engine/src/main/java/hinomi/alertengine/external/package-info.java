/// Alerts that others evaluate — a Prometheus, vmalert, Grafana — and send as to an Alertmanager.
/// They are kept across restarts and go the same way as our own: route, group, mute, escalate.
@NullMarked
package hinomi.alertengine.external;

import org.jspecify.annotations.NullMarked;
