/// Trading calendars: which phase a market is in at an instant. A file of `config/calendars/` is
/// read by [CalendarReader] into [TradingCalendar]s, whose weekly [Session]s follow the clocks on
/// the walls of their zones; days on which the week does not hold are computed
/// ([hinomi.model.HolidayLaw]) or written down.
@NullMarked
package hinomi.alertengine.calendar;

import org.jspecify.annotations.NullMarked;
