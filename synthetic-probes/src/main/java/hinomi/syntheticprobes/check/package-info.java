/// Does what a customer's machine would do and notes what it observed, without judging it:
/// [hinomi.syntheticprobes.check.Checks] runs a [hinomi.syntheticprobes.check.Check] under a
/// [hinomi.syntheticprobes.check.Deadline] and returns an [hinomi.syntheticprobes.check.Observed].
/// Every run opens a connection of its own, for a kept one would hide that new customers cannot
/// connect.
@NullMarked
package hinomi.syntheticprobes.check;

import org.jspecify.annotations.NullMarked;
