/// Rule files in Prometheus' format become [RuleGroup]s, or mistakes with their places.
@NullMarked
package hinomi.alertengine.rule;

import org.jspecify.annotations.NullMarked;
