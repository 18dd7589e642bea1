package hinomi.alertengine;

import java.util.List;

/// Which components a component needs to work. Any thread; answers from memory.
@FunctionalInterface
public interface Topology {
  /// Nothing is known of any.
  Topology NONE = _ -> List.of();

  /// Those that it depends on itself, by id; without a cycle.
  List<String> upstreams(String component);
}
