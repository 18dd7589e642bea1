package hinomi.oncall.roster;

import hinomi.model.BadInput;
import hinomi.oncall.rotation.Every;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.Occurrences;
import hinomi.oncall.rotation.RecurrenceReader;
import hinomi.oncall.rotation.RecurrenceRule;
import hinomi.oncall.rotation.Recurring;
import hinomi.oncall.rotation.Rotation;
import hinomi.oncall.rotation.Window;
import hinomi.oncall.rotation.Window.OnHolidays;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one layer. One use.
final class LayerReader {
  private static final Pattern EVERY = Pattern.compile("(?:(\\d{1,4})\\s+)?([a-z]+?)s?");
  private static final LocalDateTime EARLIEST = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final List<String> UNITS = List.of("hour", "day", "week", "month");
  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

  private final Section section;
  private final ZoneId zone;

  LayerReader(Section section, ZoneId zone) {
    this.section = section;
    this.zone = zone;
  }

  Layer layer(List<String> people) {
    LocalDateTime from = section.required("from", EARLIEST, LayerReader::time);
    if (from.isBefore(EARLIEST)) {
      section.mistake("from", "is before the year 2000");
      from = EARLIEST;
    }
    Optional<LocalDateTime> until =
        section.value("until", Optional.empty(), text -> Optional.of(time(text)));
    if (until.isPresent() && !until.get().isAfter(from)) {
      section.mistake("until", "is not after \"from\"");
    }
    return new Layer(section.text("id"), rotation(from), people, windows(), until);
  }

  private Rotation rotation(LocalDateTime from) {
    Every usual = new Every(from, 1, Every.Unit.WEEK);
    if (!section.has("rrule")) {
      for (String key : List.of("lasts", "exdate", "rdate")) {
        if (section.has(key)) {
          section.mistake(key, "goes with \"rrule\" alone");
          section.pass(key);
        }
      }
      return section.required("every", usual, text -> every(text, from));
    }
    if (section.has("every")) {
      section.mistake("every", "either this or \"rrule\"");
      section.pass("every");
    }
    Duration lasts = section.duration("lasts", Duration.ZERO);
    if (!lasts.isPositive() || lasts.compareTo(LONGEST) > 0) {
      section.mistake(
          "lasts", section.has("lasts") ? "expected more than 0 and at most 366d" : "is missing");
      lasts = Duration.ofDays(1);
    }
    Set<LocalDateTime> without = new HashSet<>(times("exdate", from.toLocalTime()));
    List<LocalDateTime> added = times("rdate", from.toLocalTime());
    Optional<RecurrenceRule> rule = rule(section.text("rrule"));
    if (rule.isEmpty()) {
      return usual;
    }
    Occurrences occurrences = new Occurrences(rule.get(), from);
    if (occurrences.first(1, from.plusYears(8)).isEmpty()) {
      section.mistake("rrule", "never happens in the first eight years");
    }
    return new Recurring(occurrences, lasts, without, added);
  }

  private Optional<RecurrenceRule> rule(String text) {
    try {
      return Optional.of(RecurrenceReader.read(text, zone));
    } catch (BadInput e) {
      section.mistake("rrule", e.offset(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<LocalDateTime> times(String key, LocalTime usual) {
    List<LocalDateTime> times = new ArrayList<>();
    List<String> texts = section.texts(key);
    for (int i = 0; i < texts.size(); i++) {
      try {
        times.add(time(texts.get(i).length() == 10 ? texts.get(i) + "T" + usual : texts.get(i)));
      } catch (IllegalArgumentException e) {
        section.mistake(key, i, 0, String.valueOf(e.getMessage()));
      }
    }
    return times;
  }

  private static Every every(String text, LocalDateTime from) {
    Matcher every = EVERY.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!every.matches()) {
      throw new IllegalArgumentException(
          "expected something like week, 2 weeks, 12 hours or month, got \"" + text + "\"");
    }
    String unit = String.valueOf(every.group(2));
    if (!UNITS.contains(unit)) {
      throw new IllegalArgumentException(
          "expected hours, days, weeks or months, got \""
              + unit
              + "\""
              + DidYouMean.hint(unit, UNITS));
    }
    int count = every.group(1) == null ? 1 : Integer.parseInt(every.group(1));
    if (count < 1) {
      throw new IllegalArgumentException("expected at least one " + unit);
    }
    return new Every(from, count, Every.Unit.valueOf(unit.toUpperCase(Locale.ROOT)));
  }

  private List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (Section window : section.sections("only")) {
      LocalTime from = window.value("from", LocalTime.MIDNIGHT, LayerReader::clock);
      LocalTime to = window.value("to", LocalTime.MIDNIGHT, LayerReader::clock);
      OnHolidays holidays = window.choice("holidays", OnHolidays.AS_USUAL, OnHolidays.class);
      windows.add(new Window(days(window, holidays), holidays, from, to));
    }
    if (section.has("only") && windows.isEmpty()) {
      section.mistake("only", "is empty: the layer would never count");
    }
    return windows;
  }

  private static Set<DayOfWeek> days(Section window, OnHolidays holidays) {
    if (!window.has("days")) {
      return holidays == OnHolidays.ALSO ? Set.of() : EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<String> texts = window.texts("days");
    for (int i = 0; i < texts.size(); i++) {
      try {
        String[] ends = texts.get(i).split(":", 2);
        DayOfWeek first = day(ends[0].strip());
        DayOfWeek last = ends.length == 1 ? first : day(ends[1].strip());
        for (DayOfWeek day = first; days.add(day) || day != last; day = day.plus(1)) {
          if (day == last) {
            break;
          }
        }
      } catch (IllegalArgumentException e) {
        window.mistake("days", i, 0, String.valueOf(e.getMessage()));
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    int day = DAYS.indexOf(text.toLowerCase(Locale.ROOT));
    if (day < 0) {
      throw new IllegalArgumentException(
          "expected a day of the week like monday, got \""
              + text
              + "\""
              + DidYouMean.hint(text, DAYS));
    }
    return DayOfWeek.of(day + 1);
  }

  private static LocalTime clock(String text) {
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time like 09:00, got \"" + text + "\"", e);
    }
  }

  private static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a local time like 2026-01-05T09:00, got \"" + text + "\"", e);
    }
  }
}
