/// Requests become pages: language, origin, forms, redirects, security headers.
@NullMarked
package hinomi.console.http;

import org.jspecify.annotations.NullMarked;
