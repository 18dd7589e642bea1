package hinomi.rulelint.read;

import hinomi.alertengine.rule.WrittenGroup;
import hinomi.alertengine.rule.WrittenRule;
import hinomi.settings.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The checks that comments switch off: `# hinomi-lint off: NAME, NAME` on a line of a rule or
/// above it is about this rule; above a group, about the group; above all groups, about the file.
public final class Switches {
  private static final Pattern COMMENT =
      Pattern.compile("#\\s*hinomi-lint\\s+off:\\s*([a-z][a-z-]*(?:\\s*,\\s*[a-z][a-z-]*)*)");

  /// @param line of the comment
  /// @param from the first line it is about
  /// @param to the line behind the last
  private record Off(String check, int line, int column, int from, int to) {}

  private final String file;
  private final List<String> lines;
  private final TreeMap<Integer, Integer> starts = new TreeMap<>(); // of rules and groups, to ends
  private final List<Off> off = new ArrayList<>();

  public Switches(String file, List<String> lines, List<WrittenGroup> groups) {
    this.file = file;
    this.lines = List.copyOf(lines);
    for (int i = 0; i < groups.size(); i++) {
      int end = i + 1 < groups.size() ? groups.get(i + 1).line() : Integer.MAX_VALUE;
      starts.put(groups.get(i).line(), end);
      List<WrittenRule> rules = groups.get(i).rules();
      for (int k = 0; k < rules.size(); k++) {
        starts.put(rules.get(k).line(), k + 1 < rules.size() ? rules.get(k + 1).line() : end);
      }
    }
    for (int line = 1; line <= lines.size(); line++) {
      read(line);
    }
  }

  private void read(int line) {
    String text = lines.get(line - 1);
    Matcher comment = COMMENT.matcher(text);
    if (!comment.find()) {
      return;
    }
    Map.Entry<Integer, Integer> meant = starts.floorEntry(subject(line));
    int begin = meant == null ? 0 : meant.getKey();
    int end = meant == null ? Integer.MAX_VALUE : meant.getValue();
    Matcher name = Pattern.compile("[a-z][a-z-]*").matcher(comment.group(1));
    while (name.find()) {
      off.add(new Off(name.group(), line, comment.start(1) + name.start() + 1, begin, end));
    }
  }

  /// The line that a comment is about: its own, or what stands right below comments that have their
  /// lines for themselves.
  private int subject(int line) {
    int below = line;
    while (below <= lines.size() && lines.get(below - 1).strip().startsWith("#")) {
      below++;
    }
    return starts.containsKey(below) ? below : line;
  }

  public boolean isOff(String check, int line) {
    return off.stream()
        .anyMatch(one -> one.check().equals(check) && one.from() <= line && line < one.to());
  }

  /// Names in comments, each with its place; its text is the name.
  public List<Mistake> named() {
    return off.stream()
        .map(one ->
            new Mistake(file, one.line(), one.column(), one.check(), lines.get(one.line() - 1)))
        .toList();
  }
}
