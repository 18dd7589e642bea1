package hinomi.alertengine.rule.kind;

import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads an inventory: its members stand in the rule, or in a file beside it, or are those seen of
/// late.
final class InventoryReader {
  private final Asked asked;
  private final Path folder;

  InventoryReader(Asked asked, Path folder) {
    this.asked = asked;
    this.folder = folder;
  }

  Optional<Kind> inventory() {
    Section section = asked.section();
    Operand of = asked.operand("of");
    Duration within = asked.duration("within", Duration.ofMinutes(2), Duration.ofSeconds(10));
    List<String> sources = List.of("expect", "file", "from").stream().filter(section::has).toList();
    if (sources.size() != 1) {
      asked.wrong(
          sources.isEmpty() ? "expect" : sources.getLast(),
          "expected one of expect, file and from: who has to be there");
    }
    List<Map<String, String>> members = new ArrayList<>(members(section.sections("expect")));
    Optional<Path> file = section.optionalText("file").map(folder::resolve).map(Path::normalize);
    boolean missing = file.filter(path -> !Files.exists(path)).isPresent();
    if (missing) {
      asked.wrong("file", "there is no file " + file.orElseThrow());
    } else {
      file.ifPresent(path -> members.addAll(ofFile(path)));
    }
    Set<String> named = new TreeSet<>();
    members.forEach(member -> named.addAll(member.keySet()));
    boolean dynamic = section.has("from");
    Operand from = dynamic ? asked.operand("from") : of;
    Duration over = asked.duration("over", Duration.ofDays(7), within);
    if (section.has("over") && !dynamic) {
      asked.wrong("over", "goes with from");
    }
    List<String> by = new ArrayList<>(section.texts("by"));
    if (dynamic && by.isEmpty()) {
      asked.wrong("by", "is missing: the labels that name a member, such as [instance]");
    } else if (!dynamic && section.has("by")) {
      asked.wrong("by", "goes with from; members name their labels");
    }
    if (!dynamic && !missing && !sources.isEmpty() && members.isEmpty()) {
      asked.wrong(sources.getFirst(), "names no member");
    }
    return asked.whole(
        new Inventory(of, within, dynamic ? by : List.copyOf(named), members, from, over));
  }

  private List<Map<String, String>> ofFile(Path file) {
    Section root = Yaml.read(file, asked.section().mistakes());
    List<Map<String, String>> members = members(root.sections("expect"));
    root.end();
    return members;
  }

  /// All with the same labels, each once.
  private List<Map<String, String>> members(List<Section> sections) {
    Set<Map<String, String>> members = new LinkedHashSet<>();
    Set<String> labels = Set.of();
    for (Section section : sections) {
      Map<String, String> member = new LinkedHashMap<>();
      section.keys().forEach(label -> member.put(label, section.text(label, "")));
      String first = member.keySet().stream().findFirst().orElse("");
      if (member.isEmpty() || (!labels.isEmpty() && !labels.equals(member.keySet()))) {
        asked.spoilt();
        section.mistake(
            first, "each member has the same labels" + (labels.isEmpty() ? "" : ": " + labels));
        continue;
      }
      labels = Set.copyOf(member.keySet());
      if (!members.add(member)) {
        asked.spoilt();
        section.mistake(first, "this member stands twice");
      }
      for (String label : labels) {
        if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
          asked.spoilt();
          section.mistake(label, "is not a name for a label");
        }
      }
    }
    return List.copyOf(members);
  }
}
