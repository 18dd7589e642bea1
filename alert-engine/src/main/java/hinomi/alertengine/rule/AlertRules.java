package hinomi.alertengine.rule;

import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All groups of a folder's rule files, in file order.
public record AlertRules(List<RuleGroup> groups) {
  public AlertRules {
    groups = List.copyOf(groups);
  }

  /// Reads `*.yaml` and `*.yml`; a folder that does not exist has no rules. Every mistake is noted;
  /// what is returned is only to be used when there is none.
  public static AlertRules read(Path folder, Mistakes mistakes, Vocabulary vocabulary) {
    List<RuleGroup> groups = new ArrayList<>();
    for (Path file : Yaml.files(folder)) {
      groups.addAll(new RuleReader(Yaml.read(file, mistakes), vocabulary).groups());
    }
    return new AlertRules(groups);
  }

  /// Reads one file with the places of its rules.
  public static List<WrittenGroup> written(Path file, Mistakes mistakes, Vocabulary vocabulary) {
    return new RuleReader(Yaml.read(file, mistakes), vocabulary).written();
  }

  /// Reads one file; if it cannot be read, that is a mistake.
  public static AlertRules readFile(Path file, Mistakes mistakes, Vocabulary vocabulary) {
    return new AlertRules(new RuleReader(Yaml.read(file, mistakes), vocabulary).groups());
  }

  /// Reads one file's text.
  public static AlertRules parse(
      String name, String text, Mistakes mistakes, Vocabulary vocabulary) {
    return new AlertRules(new RuleReader(Yaml.parse(name, text, mistakes), vocabulary).groups());
  }
}
