package hinomi.alertengine.rule;

import java.util.List;

/// A group with its rules as they stand in the file, for those who speak about the file rather than
/// evaluate it.
///
/// @param line on which it begins, from 1
public record WrittenGroup(RuleGroup group, int line, List<WrittenRule> rules) {
  public WrittenGroup {
    rules = List.copyOf(rules);
  }
}
