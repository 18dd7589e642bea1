/// Why somebody was told of an alert, and why not: an [Explainer] puts together what was decided
/// and what would be, [Words] says it in plain Japanese or English.
@NullMarked
package hinomi.alertengine.explain;

import org.jspecify.annotations.NullMarked;
