package hinomi.oncall.roster;

import hinomi.model.HolidayLaw;
import hinomi.model.Text;
import hinomi.oncall.rotation.Holidays;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.Turn;
import hinomi.oncall.rotation.WallClock;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads roster files; people are looked up at the end, since a schedule may stand before them. One
/// use.
final class RosterReader {
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();
  private final Map<String, Text> people = new LinkedHashMap<>();
  private final List<Reference> references = new ArrayList<>();

  private record Reference(Section section, String key, int item, String person) {}

  RosterReader(Map<String, Text> known) {
    people.putAll(known);
  }

  void read(Section file) {
    for (Section person : file.sections("people")) {
      person
          .optionalText("id")
          .ifPresent(
              id -> people.put(id, person.has("name") ? person.bilingual("name") : Text.same(id)));
    }
    for (Section section : file.sections("schedules")) {
      Schedule schedule = schedule(section);
      if (schedules.put(schedule.id(), schedule) != null) {
        section.mistake("id", "is given twice");
      }
      section.end(); // only these keys are ours
    }
  }

  private Schedule schedule(Section section) {
    String id = section.text("id");
    if (!id.isEmpty() && !id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
      section.mistake("id", "expected letters, digits, \"-\", \"_\" and \".\", got \"" + id + "\"");
    }
    ZoneId zone = section.zone("zone", ZoneOffset.UTC);
    if (!section.has("zone")) {
      section.mistake("zone", "is missing");
    }
    Text name = section.has("name") ? section.bilingual("name") : Text.same(id);
    return new Schedule(
        id,
        name,
        new WallClock(zone),
        holidays(section),
        layers(section, zone),
        fallback(section),
        named(section, "swap-approval"));
  }

  private String fallback(Section section) {
    String person = section.text("fallback", "");
    if (!person.isEmpty()) {
      references.add(new Reference(section, "fallback", 0, person));
    }
    return person;
  }

  /// People of a list, each of whom must be known.
  private List<String> named(Section section, String key) {
    List<String> named = section.texts(key);
    for (int i = 0; i < named.size(); i++) {
      references.add(new Reference(section, key, i, named.get(i)));
    }
    return named;
  }

  private List<Layer> layers(Section schedule, ZoneId zone) {
    List<Layer> layers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section section : schedule.sections("layers")) {
      List<String> turns = named(section, "people");
      if (turns.isEmpty()) {
        section.mistake("people", "names nobody; an empty slot is written \"" + Turn.NOBODY + "\"");
        turns = List.of(Turn.NOBODY);
      }
      Layer layer = new LayerReader(section, zone).layer(turns);
      if (!ids.add(layer.id())) {
        section.mistake("id", "is given twice");
      }
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      schedule.mistake("layers", schedule.has("layers") ? "is empty" : "is missing");
    }
    return layers;
  }

  private static Holidays holidays(Section section) {
    Set<HolidayLaw> laws = EnumSet.noneOf(HolidayLaw.class);
    Set<LocalDate> once = new HashSet<>();
    Set<MonthDay> yearly = new HashSet<>();
    List<String> texts = section.texts("holidays");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      try {
        if (HolidayLaw.of(text).isPresent()) {
          laws.add(HolidayLaw.of(text).get());
        } else if (text.matches("\\d\\d-\\d\\d")) {
          yearly.add(MonthDay.parse("--" + text));
        } else {
          once.add(LocalDate.parse(text));
        }
      } catch (DateTimeException _) {
        section.mistake(
            "holidays",
            i,
            0,
            "expected a law ("
                + String.join(", ", HolidayLaw.words())
                + "), a date like 2026-12-31, or 12-31 for every year, got \""
                + text
                + "\""
                + DidYouMean.hint(text, HolidayLaw.words()));
      }
    }
    return new Holidays(laws, once, yearly);
  }

  Roster finish() {
    for (Reference reference : references) {
      String person = reference.person();
      if (!people.containsKey(person) && !person.equals(Turn.NOBODY)) {
        reference
            .section()
            .mistake(
                reference.key(),
                reference.item(),
                0,
                "no person has the id \""
                    + person
                    + "\""
                    + DidYouMean.hint(person, people.keySet()));
      }
    }
    return new Roster(schedules, people);
  }
}
