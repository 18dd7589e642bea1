/// PromQL, as Prometheus 3 answers it: an expression over the series of a store.
///
/// The path: `parse` (text → checked tree) → `plan` (what does not depend on time is marked, `@
/// start()` gets its time) → `evaluate` (one read of the source per selector, whole step ranges per
/// series) → an [hinomi.promql.Answer]. `http` speaks Prometheus' API on top. The façade is
/// [hinomi.promql.PromQl]; its ports are in [hinomi.promql.Sources], those of the API are in
/// [hinomi.promql.http.PrometheusPorts].
@NullMarked
package hinomi.promql;

import org.jspecify.annotations.NullMarked;
