package hinomi.console;

import java.util.List;

/// All groups of rules, in the order of their files.
@FunctionalInterface
public interface RuleGroups {
  List<RuleGroup> all();
}
