/// Synthetic probes: schedule → check → verdict. [hinomi.syntheticprobes.schedule] fires each probe
/// in its own rhythm, [hinomi.syntheticprobes.check] does what a customer's machine would do and
/// notes what it observed, [hinomi.syntheticprobes.verdict] judges that, and the [ResultSink] gets
/// the result. What to probe is in `config/probes/*.yaml`, read by [ProbesConfig]; [Probes] joins
/// the stages.
@NullMarked
package hinomi.syntheticprobes;

import org.jspecify.annotations.NullMarked;
