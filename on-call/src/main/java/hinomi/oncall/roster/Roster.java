package hinomi.oncall.roster;

import hinomi.model.Missing;
import hinomi.model.Text;
import hinomi.settings.DidYouMean;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All schedules, and the people they may name.
///
/// @param schedules by id, in the files' order
/// @param people names by id
public record Roster(Map<String, Schedule> schedules, Map<String, Text> people) {
  public Roster {
    schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
    people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
  }

  /// Reads all YAML files of a folder as one.
  public static Roster read(Path folder, Mistakes mistakes) {
    RosterReader reader = new RosterReader(Map.of());
    for (Path file : Yaml.files(folder)) {
      reader.read(Yaml.read(file, mistakes));
    }
    return reader.finish();
  }

  /// Reads the texts of several files as one.
  ///
  /// @param files by name
  public static Roster parse(Map<String, String> files, Mistakes mistakes) {
    return parse(files, Map.of(), mistakes);
  }

  /// Likewise, with people who are known besides.
  public static Roster parse(
      Map<String, String> files, Map<String, Text> people, Mistakes mistakes) {
    RosterReader reader = new RosterReader(people);
    files.forEach((name, text) -> reader.read(Yaml.parse(name, text, mistakes)));
    return reader.finish();
  }

  /// A schedule that is there, or [Missing] with what was probably meant.
  public Schedule schedule(String id) {
    Schedule schedule = schedules.get(id);
    if (schedule == null) {
      throw new Missing(
          "no schedule has the id \"" + id + "\"" + DidYouMean.hint(id, schedules.keySet()));
    }
    return schedule;
  }

  /// A person's name, or the id of somebody who is no longer there.
  public Text nameOf(String person) {
    Text name = people.get(person);
    return name == null || name.isEmpty() ? Text.same(person) : name;
  }
}
