package hinomi.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Puts `a.b.c=value` over a YAML tree.
final class Overrides {
  private Overrides() {}

  static @Nullable Node apply(@Nullable Node root, Map<String, String> overrides) {
    Node result = root;
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      result = put(result, List.of(override.getKey().split("\\.")), override.getValue());
    }
    return result;
  }

  private static Node put(@Nullable Node node, List<String> path, String value) {
    if (path.isEmpty()) {
      return new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
    }
    List<NodeTuple> tuples = new ArrayList<>();
    @Nullable Node below = null;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && key.getValue().equals(path.getFirst())) {
          below = tuple.getValueNode();
        } else {
          tuples.add(tuple);
        }
      }
    }
    tuples.add(
        new NodeTuple(
            new ScalarNode(Tag.STR, path.getFirst(), ScalarStyle.PLAIN),
            put(below, path.subList(1, path.size()), value)));
    Optional<org.snakeyaml.engine.v2.exceptions.Mark> start =
        node == null ? Optional.empty() : node.getStartMark();
    Optional<org.snakeyaml.engine.v2.exceptions.Mark> end =
        node == null ? Optional.empty() : node.getEndMark();
    return new MappingNode(Tag.MAP, true, tuples, FlowStyle.BLOCK, start, end);
  }
}
