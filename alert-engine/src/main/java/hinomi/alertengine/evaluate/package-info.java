/// Runs rules when they are due: a [GroupLoop] on its slots and when [Arrivals] says that samples
/// came; each rule by an [AlertingRun] or a [RecordingRun], which hold what is known between runs.
@NullMarked
package hinomi.alertengine.evaluate;

import org.jspecify.annotations.NullMarked;
