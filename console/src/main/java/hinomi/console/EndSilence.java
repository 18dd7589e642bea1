package hinomi.console;

/// Ends a silence now, so that what fires under it is told. An unknown one is
/// [hinomi.model.Missing].
@FunctionalInterface
public interface EndSilence {
  void end(String id);
}
