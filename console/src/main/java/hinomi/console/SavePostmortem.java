package hinomi.console;

import hinomi.model.Text;

/// Saves a version of the post-mortem, which nobody outside sees yet.
@FunctionalInterface
public interface SavePostmortem {
  void save(String incident, Text markdown, String by);
}
