package hinomi.console;

/// Stops the climb of a group in a person's name. An unknown group is [hinomi.model.Missing].
@FunctionalInterface
public interface Acknowledge {
  void acknowledge(String group, String by, String note);
}
