/// Prometheus' query API, as Grafana and others call it
/// (prometheus.io/docs/prometheus/latest/querying/api).
@NullMarked
package hinomi.promql.http;

import org.jspecify.annotations.NullMarked;
