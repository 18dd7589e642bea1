package hinomi.console;

import hinomi.model.ComponentStatus;
import java.time.Instant;
import java.util.List;

/// The measured state of every component, in the order of the tree.
@FunctionalInterface
public interface Components {
  List<ComponentStatus> at(Instant now);
}
