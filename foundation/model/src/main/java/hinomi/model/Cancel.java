package hinomi.model;

/// Ends something that was scheduled. Calling it twice is harmless.
@FunctionalInterface
public interface Cancel extends AutoCloseable {
  void cancel();

  @Override
  default void close() {
    cancel();
  }
}
