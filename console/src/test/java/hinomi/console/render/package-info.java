@NullMarked
package hinomi.console.render;

import org.jspecify.annotations.NullMarked;
