/// Turns: who has which when one layer alone is asked. A layer is a rotation ([Every], or
/// [Recurring] by a rule of RFC 5545), people who take turns, and windows in which it counts.
///
/// Everything here is written in the wall clock of a zone; [WallClock] alone says which instant
/// that is, with one answer where clocks go forward and one where they go back.
@NullMarked
package hinomi.oncall.rotation;

import org.jspecify.annotations.NullMarked;
