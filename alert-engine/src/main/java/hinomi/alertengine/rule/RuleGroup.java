package hinomi.alertengine.rule;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Rules that are evaluated in order, each seeing what those before it stored.
///
/// @param file as given to the reader
/// @param interval between evaluations; zero means the configured default
/// @param limit of elements a rule may yield, or 0 for none; more fails the rule
/// @param queryOffset how far behind its time stamp a group looks
public record RuleGroup(
    String file,
    String name,
    Duration interval,
    int limit,
    Duration queryOffset,
    List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /// The same with other rules.
  public RuleGroup with(List<Rule> others) {
    return new RuleGroup(file, name, interval, limit, queryOffset, others);
  }

  /// `file/group` with the file's name alone, so that moving the folder moves no evaluation.
  public String key() {
    return Path.of(file).getFileName() + "/" + name;
  }
}
