package hinomi.rulelint.check;

import java.util.List;

/// Judges one rule by what is written in it. Pure, for any threads.
@FunctionalInterface
public interface RuleCheck {
  List<Flaw> of(Subject subject);
}
