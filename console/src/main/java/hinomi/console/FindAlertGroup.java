package hinomi.console;

import java.util.Optional;

/// One group, open or closed.
@FunctionalInterface
public interface FindAlertGroup {
  Optional<AlertGroup> find(String id);
}
