/// Rule files as they are judged: rules with their trees, and what comments switch off.
@NullMarked
package hinomi.rulelint.read;

import org.jspecify.annotations.NullMarked;
