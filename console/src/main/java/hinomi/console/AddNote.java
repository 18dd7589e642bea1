package hinomi.console;

/// Adds a person's note to the internal timeline of an incident.
@FunctionalInterface
public interface AddNote {
  void add(String incident, String text, String by);
}
