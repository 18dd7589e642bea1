package hinomi.console;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;

/// Why an alert was told by a time, and why not, in words of the reader's language.
///
/// @param state where it stood
/// @param verdict the answer in one sentence or two
/// @param steps what was decided, oldest first
/// @param routes where the tree sends it, and where not, in the order of the tree
/// @param hold what keeps it from being told at that time; empty when nothing does
public record Explanation(
    Labels alert,
    Instant at,
    State state,
    String verdict,
    List<Step> steps,
    List<Route> routes,
    String hold) {
  /// Where an alert stood at the time in question.
  public enum State {
    FIRES,
    PENDING,
    OVER,
    /// There is no record that it ever fired.
    NEVER
  }

  /// Something that was decided.
  ///
  /// @param kind a word: `routed`, `waiting`, `muted`, `told`, `acknowledged`, `ended`…
  /// @param group id of the page group that it concerns; may be empty
  public record Step(Instant at, String kind, String text, String group) {}

  /// A route of the tree that was asked.
  ///
  /// @param takes the alert goes there
  /// @param name its key
  /// @param lines why it takes it or not; if it does, who would be told
  public record Route(boolean takes, String name, List<String> lines) {
    public Route {
      lines = List.copyOf(lines);
    }
  }

  public Explanation {
    steps = List.copyOf(steps);
    routes = List.copyOf(routes);
  }
}
