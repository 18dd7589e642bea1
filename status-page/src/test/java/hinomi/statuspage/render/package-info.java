@NullMarked
package hinomi.statuspage.render;

import org.jspecify.annotations.NullMarked;
