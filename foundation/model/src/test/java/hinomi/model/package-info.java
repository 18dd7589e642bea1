@NullMarked
package hinomi.model;

import org.jspecify.annotations.NullMarked;
