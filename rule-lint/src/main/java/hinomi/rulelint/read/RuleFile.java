package hinomi.rulelint.read;

import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.alertengine.rule.WrittenGroup;
import hinomi.alertengine.rule.WrittenRule;
import hinomi.alertengine.rule.kind.Language;
import hinomi.model.BadInput;
import hinomi.promql.parse.Dialect;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.rulelint.labels.Carried;
import hinomi.rulelint.labels.Carrying;
import hinomi.settings.Mistakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One file of rules, read to be judged.
public record RuleFile(Path path, List<Entry> entries, Switches switches) {
  public RuleFile {
    entries = List.copyOf(entries);
  }

  /// A file with mistakes has no rules to be judged: the mistakes come first.
  public static RuleFile read(
      Path path, Mistakes mistakes, Vocabulary vocabulary, Dialect dialect) {
    Mistakes own = new Mistakes();
    List<WrittenGroup> groups = AlertRules.written(path, own, vocabulary);
    own.all().forEach(mistakes::add);
    List<Entry> entries = new ArrayList<>();
    if (own.isEmpty()) {
      for (WrittenGroup group : groups) {
        for (WrittenRule written : group.rules()) {
          written
              .rules()
              .forEach(rule -> entries.add(entry(group.group(), written, rule, dialect)));
        }
      }
    }
    return new RuleFile(path, entries, new Switches(path.toString(), lines(path), groups));
  }

  private static Entry entry(RuleGroup group, WrittenRule written, Rule rule, Dialect dialect) {
    if (rule.language() == Language.LOGQL) {
      return new Entry(group, written, rule, Optional.empty(), Carried.ANY);
    }
    try {
      Expr expr = Parser.parse(rule.expression(), dialect);
      return new Entry(group, written, rule, Optional.of(expr), Carrying.of(expr));
    } catch (BadInput e) {
      throw new IllegalStateException("BUG: read without a mistake: " + rule.expression(), e);
    }
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      return List.of(); // What cannot be read is a mistake already.
    }
  }
}
