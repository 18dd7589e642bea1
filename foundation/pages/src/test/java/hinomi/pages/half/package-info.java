/// A part that prints pages, of whose words half are missing in English.
@NullMarked
package hinomi.pages.half;

import org.jspecify.annotations.NullMarked;
