/// The interface over HTTP: `/api/hinomi/v1/schedules` and below.
@NullMarked
package hinomi.oncall.http;

import org.jspecify.annotations.NullMarked;
