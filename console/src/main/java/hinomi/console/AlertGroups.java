package hinomi.console;

import java.util.List;

/// All open groups, then the latest closed ones.
@FunctionalInterface
public interface AlertGroups {
  /// @param closed how many of those that are over
  List<AlertGroup> newest(int closed);
}
