package hinomi.ruletests;

import hinomi.alertengine.rule.RuleGroup;
import java.time.Duration;
import java.util.List;

/// One `.spec` file: rules, series, and what must come of them when, in the live engine's terms.
///
/// @param every how often rules are evaluated
/// @param checks in the order of the file
record SpecFile(
    List<RuleGroup> rules, RuleWorld.Contents contents, Duration every, List<Check> checks) {
  SpecFile {
    rules = List.copyOf(rules);
    checks = List.copyOf(checks);
  }

  /// What must be so at a time.
  sealed interface Check {
    /// Line from 1.
    int line();

    /// Since the start.
    Duration at();
  }

  /// All alerts there are, pending and firing, each as `Name state` or `Name{labels} state`.
  ///
  /// @param alerts none where nothing is said to be
  record States(int line, Duration at, List<ExpectedAlert> alerts) implements Check {
    States {
      alerts = List.copyOf(alerts);
    }
  }

  /// @param labels that it must have among others, as `{host="a"}`; may be empty
  /// @param state `pending` or `firing`
  record ExpectedAlert(String name, String labels, String state) {
    @Override
    public String toString() {
      return name + labels + " " + state;
    }
  }

  /// What a query must answer.
  record Query(int line, Duration at, String expression, List<Answered> answer) implements Check {
    Query {
      answer = List.copyOf(answer);
    }
  }
}
