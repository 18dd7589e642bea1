package hinomi.alertengine;

/// Where the engine's HTTP routes can be reached by those who are paged, such as
/// `http://127.0.0.1:8480`; empty as long as it is unknown, and then pages carry no link. Asked at
/// each delivery, since the listener starts after the engine.
@FunctionalInterface
public interface ConsoleAddress {
  String url();
}
