/// Judges what a run observed; pure. Metric names are blackbox_exporter's (0.24), so that public
/// dashboards and rules work as they are.
@NullMarked
package hinomi.syntheticprobes.verdict;

import org.jspecify.annotations.NullMarked;
