package hinomi.console;

import hinomi.model.Text;

/// A post-mortem drafted from what is known, in CommonMark.
@FunctionalInterface
public interface DraftPostmortem {
  Text draft(String incident);
}
