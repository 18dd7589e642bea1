/// Which labels come out of an expression: [hinomi.rulelint.labels.Carrying] walks its tree.
@NullMarked
package hinomi.rulelint.labels;

import org.jspecify.annotations.NullMarked;
