package hinomi.console;

import java.util.List;

/// All open groups, then the latest closed ones. Lists do not show deliveries: they may be left
/// out.
@FunctionalInterface
public interface AlertGroups {
  /// @param closed how many of those that are over
  List<AlertGroup> newest(int closed);
}
