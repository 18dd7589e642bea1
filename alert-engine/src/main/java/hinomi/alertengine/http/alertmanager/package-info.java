/// Alertmanager's API, version 2: what a Prometheus, vmalert, Grafana or amtool asks of an
/// Alertmanager, they may ask of us. Contract: Alertmanager, api/v2/openapi.yaml; where it is
/// silent, answers are as Alertmanager 0.33 gives them.
@NullMarked
package hinomi.alertengine.http.alertmanager;

import org.jspecify.annotations.NullMarked;
