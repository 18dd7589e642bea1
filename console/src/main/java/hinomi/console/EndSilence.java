package hinomi.console;

/// Ends a silence now, so that what fires under it is told. An unknown one is
/// [hinomi.model.Missing].
@FunctionalInterface
public interface EndSilence {
  /// @param by who does
  void end(String id, String by);
}
