package hinomi.alertengine.calendar;

import hinomi.alertengine.calendar.Session.End;
import hinomi.model.HolidayLaw;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one calendar. One use.
final class CalendarReader {
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\p{Alpha}+)\\s+)?(\\d\\d:\\d\\d)(?:\\s+(\\S+))?");
  private static final List<DayOfWeek> WEEK = List.of(DayOfWeek.values());
  private static final String END_OF_DAY = "24:00";
  private static final DayOfWeek ANY = DayOfWeek.MONDAY;

  private final Section section;
  private final ZoneId zone;

  CalendarReader(Section section) {
    this.section = section;
    this.zone = section.zone("zone", ZoneOffset.UTC);
  }

  TradingCalendar calendar() {
    String id = section.text("id");
    if (!section.has("zone")) {
      section.mistake("zone", "is missing");
    }
    LocalTime dayBegins = section.value("day-begins", LocalTime.MIDNIGHT, CalendarReader::time);
    TradingCalendar.Week week =
        new TradingCalendar.Week(
            zone, dayBegins, section.text("otherwise", "closed"), sessions("week", section));
    if (week.sessions().isEmpty()) {
      section.mistake("week", section.has("week") ? "is empty" : "is missing");
    }
    return new TradingCalendar(id, week, days());
  }

  private List<Session> sessions(String key, Section parent) {
    List<Session> sessions = new ArrayList<>();
    for (Section each : parent.sections(key)) {
      String phase = each.text("phase");
      List<DayOfWeek> days = days(each);
      boolean daily = each.has("days");
      End from = each.required("from", end(ANY, "00:00"), text -> end(text, daily));
      End to = each.required("to", end(ANY, END_OF_DAY), text -> end(text, daily));
      for (DayOfWeek day : days) {
        sessions.add(
            new Session(phase, from.on(day), to.on(overnight(from, to) ? day.plus(1) : day)));
      }
      if (!daily) {
        sessions.add(new Session(phase, from, to));
      }
    }
    return sessions;
  }

  /// What ends earlier than it begins ends on the next day.
  private static boolean overnight(End from, End to) {
    return !to.nextDay() && !to.time().isAfter(from.time());
  }

  private static List<DayOfWeek> days(Section session) {
    List<DayOfWeek> days = new ArrayList<>();
    for (String text : session.texts("days")) {
      try {
        String[] ends = text.split(":", 2);
        DayOfWeek first = day(ends[0].strip());
        DayOfWeek last = ends.length == 1 ? first : day(ends[1].strip());
        for (DayOfWeek day = first; ; day = day.plus(1)) {
          days.add(day);
          if (day == last) {
            break;
          }
        }
      } catch (IllegalArgumentException e) {
        session.mistake("days", String.valueOf(e.getMessage()));
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    List<String> names = WEEK.stream().map(day -> day.name().toLowerCase(Locale.ROOT)).toList();
    int index = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "expected a day of the week like monday, got \""
              + text
              + "\""
              + DidYouMean.hint(text, names));
    }
    return WEEK.get(index);
  }

  private End end(String text, boolean daily) {
    Matcher clock = CLOCK.matcher(text.strip());
    boolean named = clock.matches() && clock.group(1) != null;
    if (!clock.matches() || named == daily) {
      throw new IllegalArgumentException(
          daily
              ? "expected a time like 09:00 or 17:00 America/New_York, got \"" + text + "\""
              : "expected a time of the week like sunday 17:00, or days beside it, got \""
                  + text
                  + "\"");
    }
    End end = end(named ? day(clock.group(1)) : ANY, clock.group(2));
    return clock.group(3) == null
        ? end
        : new End(end.day(), end.time(), end.nextDay(), zone(clock.group(3)));
  }

  private End end(DayOfWeek day, String clock) {
    boolean nextDay = clock.equals(END_OF_DAY);
    return new End(day, nextDay ? LocalTime.MIDNIGHT : time(clock), nextDay, zone);
  }

  private static ZoneId zone(String text) {
    if (!text.equals("UTC") && !text.contains("/")) {
      throw new IllegalArgumentException(
          "expected UTC or a region like Asia/Tokyo, got \"" + text + "\"");
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone is called \"" + text + "\"", e);
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time like 09:00, got \"" + text + "\"", e);
    }
  }

  private TradingCalendar.Days days() {
    Map<LocalDate, List<Session>> once = new HashMap<>();
    Map<MonthDay, List<Session>> yearly = new HashMap<>();
    for (Section special : section.sections("special")) {
      special.text("name", "");
      String day = special.text("day");
      List<Session> sessions = daily(special);
      try {
        if (day.length() == "12-31".length()) {
          yearly.put(MonthDay.parse("--" + day), sessions);
        } else {
          once.put(LocalDate.parse(day), sessions);
        }
      } catch (DateTimeException e) {
        special.mistake(
            "day", "expected a date like 2026-12-31, or 12-31 for every year, got \"" + day + "\"");
      }
    }
    return new TradingCalendar.Days(laws(), once, yearly);
  }

  /// Sessions of a special day hold whatever day of the week it is.
  private List<Session> daily(Section special) {
    List<Session> sessions = new ArrayList<>();
    for (Section each : special.sections("sessions")) {
      String phase = each.text("phase");
      End from = each.required("from", end(ANY, "00:00"), text -> end(text, true));
      End to = each.required("to", end(ANY, END_OF_DAY), text -> end(text, true));
      for (DayOfWeek day : WEEK) {
        sessions.add(
            new Session(phase, from.on(day), to.on(overnight(from, to) ? day.plus(1) : day)));
      }
    }
    return sessions;
  }

  private List<HolidayLaw> laws() {
    List<HolidayLaw> laws = new ArrayList<>();
    for (String text : section.texts("holidays")) {
      HolidayLaw.of(text)
          .ifPresentOrElse(
              laws::add,
              () ->
                  section.mistake(
                      "holidays",
                      "no law is known of \""
                          + text
                          + "\""
                          + DidYouMean.hint(text, HolidayLaw.words())
                          + "; known: "
                          + String.join(", ", HolidayLaw.words())));
    }
    return laws;
  }
}
