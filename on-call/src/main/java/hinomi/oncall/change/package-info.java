/// Changes to what is written: somebody stands in for another (代行), two swap (交換), or for some time
/// a roster of its own holds. Kept in the records database with who, when and why; nothing is ever
/// deleted, and [hinomi.oncall.change.Entry] tells each step.
@NullMarked
package hinomi.oncall.change;

import org.jspecify.annotations.NullMarked;
