/// The conformance suites: Prometheus' own test language over an in-memory source.
@NullMarked
package hinomi.promql.conformance;

import org.jspecify.annotations.NullMarked;
