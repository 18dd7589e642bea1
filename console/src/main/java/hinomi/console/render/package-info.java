/// Answers of the ports become pages in two languages. Only here is HTML written, by templates that
/// escape.
@NullMarked
package hinomi.console.render;

import org.jspecify.annotations.NullMarked;
