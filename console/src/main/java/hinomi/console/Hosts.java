package hinomi.console;

import java.time.Instant;
import java.util.List;

/// The hosts that were heard of lately, those that are silent now included, in name order.
@FunctionalInterface
public interface Hosts {
  List<Host> at(Instant now);
}
