/// Follows log files: finds them by globs, reads what was appended, survives rotation by rename and
/// by copy-and-truncate, and goes on after a restart where it stopped. The path:
/// [hinomi.agent.tail.LogTailer] polls; [hinomi.agent.tail.Finder] lists files;
/// [hinomi.agent.tail.TailedFile] reads one from its [hinomi.agent.tail.Mark];
/// [hinomi.agent.tail.Events] cuts bytes into lines; [hinomi.agent.tail.LineTime] finds their time;
/// [hinomi.agent.tail.Checkpoint] remembers, after the batch was taken.
@NullMarked
package hinomi.agent.tail;

import org.jspecify.annotations.NullMarked;
