/// Calendars: duties go out as a feed that a calendar program subscribes to, and leave comes in
/// from people's own calendars (RFC 5545).
@NullMarked
package hinomi.oncall.ical;

import org.jspecify.annotations.NullMarked;
