/// A part that prints pages.
@NullMarked
package hinomi.pages.sample;

import org.jspecify.annotations.NullMarked;
