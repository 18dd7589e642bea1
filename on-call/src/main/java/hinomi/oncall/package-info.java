/// Who is on duty of a schedule at an instant, and why (当番).
///
/// The path of an answer: `roster` (schedules as people write them) → `rotation` (each layer's
/// turns, by the clock on a wall) → `change` (who stands in, who has swapped, what holds for some
/// time) → `answer` (all laid over each other) → `coverage` (gaps, load, what a change would
/// change) and `notice` (whom to tell at a hand-off) → `ical` (calendars out and in) → `http`.
///
/// [hinomi.oncall.OnCallSchedules] is the whole; who must know of changes is a
/// [hinomi.oncall.RosterListener].
@NullMarked
package hinomi.oncall;

import org.jspecify.annotations.NullMarked;
