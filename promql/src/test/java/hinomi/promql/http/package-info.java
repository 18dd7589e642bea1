/// Tests of the HTTP API.
@NullMarked
package hinomi.promql.http;

import org.jspecify.annotations.NullMarked;
