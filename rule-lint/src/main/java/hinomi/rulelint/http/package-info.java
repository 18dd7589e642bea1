/// The lint over HTTP.
@NullMarked
package hinomi.rulelint.http;

import org.jspecify.annotations.NullMarked;
