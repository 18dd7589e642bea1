package hinomi.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Puts `a.b.c=value` over a YAML tree. What comes from the command line is marked with it, so that
/// a mistake in it is not looked for in the file.
final class Overrides {
  /// How the name of such a mark begins.
  static final String OPTION = "--set ";

  private Overrides() {}

  static @Nullable Node apply(@Nullable Node root, Map<String, String> overrides) {
    Node result = root;
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      String key = override.getKey();
      Mark mark = new Mark(OPTION + key, 0, 0, 0, new int[0], 0);
      result = put(result, List.of(key.split("\\.")), override.getValue(), Optional.of(mark));
    }
    return result;
  }

  private static Node put(
      @Nullable Node node, List<String> path, String value, Optional<Mark> mark) {
    if (path.isEmpty()) {
      return new ScalarNode(Tag.STR, true, value, ScalarStyle.PLAIN, mark, mark);
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
            new ScalarNode(Tag.STR, true, path.getFirst(), ScalarStyle.PLAIN, mark, mark),
            put(below, path.subList(1, path.size()), value, mark)));
    Optional<Mark> start = node == null ? mark : node.getStartMark();
    Optional<Mark> end = node == null ? mark : node.getEndMark();
    return new MappingNode(Tag.MAP, true, tuples, FlowStyle.BLOCK, start, end);
  }
}
