package hinomi.console;

import hinomi.model.Incident;
import java.util.List;

/// The newest incidents and all that are open, newest first.
@FunctionalInterface
public interface NewestIncidents {
  List<Incident> newest(int limit);
}
