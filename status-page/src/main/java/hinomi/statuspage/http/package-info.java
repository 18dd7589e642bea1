/// An edition becomes answers: language and encoding negotiated, validators, security headers.
@NullMarked
package hinomi.statuspage.http;

import org.jspecify.annotations.NullMarked;
