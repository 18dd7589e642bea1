package hinomi.console;

import java.util.List;

/// All alerts that fire or are pending at this moment, of our rules and of others, in any order.
@FunctionalInterface
public interface LiveAlerts {
  List<LiveAlert> now();
}
