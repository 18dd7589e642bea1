/// Prometheus' HTTP API, as Grafana, promtool and others call it
/// (prometheus.io/docs/prometheus/latest/querying/api).
///
/// The path: [hinomi.promql.http.PrometheusApi] (which path is answered by whom) → `Params` (what
/// was asked) → `Queries`, `Lookups`, `RuleShapes`, `StatusShapes`, `AdminActions` → `Envelope`
/// (success or error) → `JsonBytes` (bytes, by way of `AnswerText`, `FloatText`, `TimeText`).
@NullMarked
package hinomi.promql.http;

import org.jspecify.annotations.NullMarked;
