@NullMarked
package hinomi.pages;

import org.jspecify.annotations.NullMarked;
