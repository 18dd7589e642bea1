package hinomi.console;

import hinomi.model.Incident.Stage;
import hinomi.model.Text;

/// Publishes an update of an incident in a person's name.
@FunctionalInterface
public interface PublishUpdate {
  void publish(String incident, Stage stage, Text text, String by);
}
