package hinomi.statuspage.snapshot;

import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A component in its place in the tree.
///
/// @param ancestors from the top down, without itself
public record Node(ComponentStatus status, List<ComponentStatus> ancestors, List<Node> children) {
  public Node {
    ancestors = List.copyOf(ancestors);
    children = List.copyOf(children);
  }

  public String id() {
    return status.id();
  }

  public Condition condition() {
    return status.condition();
  }

  /// When the condition began; empty before the first measurement, when nobody knows.
  public Optional<Instant> since() {
    return status.total().measured() ? Optional.of(status.since()) : Optional.empty();
  }

  public boolean group() {
    return !children.isEmpty();
  }

  /// This one and everything below, depth first.
  public Stream<Node> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Node::all));
  }

  /// What has no children, from here down.
  public List<Node> leaves() {
    return all().filter(node -> !node.group()).toList();
  }
}
