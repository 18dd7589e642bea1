/// The door: which lines are taken, and why others are not.
@NullMarked
package hinomi.logindexer.accept;

import org.jspecify.annotations.NullMarked;
