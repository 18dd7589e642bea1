/// Judging a roster before it holds: gaps, how the load is shared, leave that is in the way
/// ([hinomi.oncall.coverage.Coverage]), and what another roster would change for whom
/// ([hinomi.oncall.coverage.Difference]).
@NullMarked
package hinomi.oncall.coverage;

import org.jspecify.annotations.NullMarked;
