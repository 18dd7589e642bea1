package hinomi.alertengine.mute;

import hinomi.alertengine.route.MatchersReader;
import hinomi.settings.DidYouMean;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads planned work: in each `*.yml` a list `maintenance` of `name`, `from`, `to`, and
/// `components`, `matchers` or both.
public final class MaintenanceReader {
  private MaintenanceReader() {}

  /// All files of a folder; none when there is no such folder.
  ///
  /// @param known ids of components; none when they are not known
  public static MaintenanceWindows read(Path folder, Set<String> known, Mistakes mistakes) {
    List<MaintenanceWindows.Window> windows = new ArrayList<>();
    for (Path path : Yaml.files(folder)) {
      Section file = Yaml.read(path, mistakes);
      file.sections("maintenance").forEach(section -> windows.add(window(section, known)));
      file.end();
    }
    return new MaintenanceWindows(windows);
  }

  private static MaintenanceWindows.Window window(Section section, Set<String> known) {
    Instant from = section.required("from", Instant.EPOCH, MaintenanceReader::time);
    Instant to = section.required("to", Instant.MAX, MaintenanceReader::time);
    if (!from.isBefore(to)) {
      section.mistake("to", "must be later than from");
    }
    if (!section.has("components") && !section.has("matchers")) {
      section.mistake(
          "matchers", "is missing: say what is worked on, by components, matchers or both");
    }
    List<String> components = section.texts("components");
    for (int i = 0; i < components.size(); i++) {
      String id = components.get(i);
      if (!known.isEmpty() && !known.contains(id)) {
        section.mistake(
            "components",
            i,
            0,
            "no component has the id \"" + id + "\"" + DidYouMean.hint(id, known));
      }
    }
    return new MaintenanceWindows.Window(
        section.text("name"), from, to, components, MatchersReader.read(section, "matchers"));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expected a time with its zone like 2026-11-22T01:00:00+09:00, got \"" + text + "\"", e);
    }
  }
}
