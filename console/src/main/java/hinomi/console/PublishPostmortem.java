package hinomi.console;

/// Shows the newest saved version to everybody. One that must not be published yet is a
/// [hinomi.model.BadInput] that says why.
@FunctionalInterface
public interface PublishPostmortem {
  void publish(String incident, String by);
}
