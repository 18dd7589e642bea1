package hinomi.alertengine.calendar;

import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All calendars of a folder's files, by id. Immutable.
public record TradingCalendars(Map<String, TradingCalendar> byId) {
  public static final TradingCalendars NONE = new TradingCalendars(Map.of());

  public TradingCalendars {
    byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
  }

  /// Reads `*.yaml` and `*.yml`; a folder that does not exist has none. Every mistake is noted;
  /// what is returned is only to be used when there is none.
  public static TradingCalendars read(Path folder, Mistakes mistakes) {
    Map<String, TradingCalendar> byId = new LinkedHashMap<>();
    for (Path file : Yaml.files(folder)) {
      add(Yaml.read(file, mistakes), byId);
    }
    return new TradingCalendars(byId);
  }

  /// Reads one file's text.
  public static TradingCalendars parse(String name, String text, Mistakes mistakes) {
    Map<String, TradingCalendar> byId = new LinkedHashMap<>();
    add(Yaml.parse(name, text, mistakes), byId);
    return new TradingCalendars(byId);
  }

  private static void add(Section file, Map<String, TradingCalendar> byId) {
    for (Section section : file.sections("calendars")) {
      TradingCalendar calendar = new CalendarReader(section).calendar();
      if (byId.put(calendar.id(), calendar) != null) {
        section.mistake("id", "the calendar \"" + calendar.id() + "\" is given twice");
      }
    }
    file.end();
  }
}
