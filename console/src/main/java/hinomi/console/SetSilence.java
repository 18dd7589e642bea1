package hinomi.console;

/// Makes a silence, or changes one; durable when it returns. A mistake is a
/// [hinomi.model.BadInput], with its offset where it is in the matchers.
@FunctionalInterface
public interface SetSilence {
  void set(SilenceDraft draft);
}
