/// Fires each probe in its own rhythm. Quartz keeps the times
/// ([hinomi.syntheticprobes.schedule.ProbeSchedule]); a run happens on a virtual thread of its own
/// ([hinomi.syntheticprobes.schedule.Runs]), never on Quartz'. Only this package knows Quartz.
@NullMarked
package hinomi.syntheticprobes.schedule;

import org.jspecify.annotations.NullMarked;
