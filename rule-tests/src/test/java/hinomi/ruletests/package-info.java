@NullMarked
package hinomi.ruletests;

import org.jspecify.annotations.NullMarked;
