package hinomi.incidentrecords.manual;

import hinomi.model.Incident.Impact;
import hinomi.model.Text;
import java.time.Instant;
import java.util.List;

/// An incident that a person declares.
///
/// @param components ids; all of them exist
/// @param text of the first public update
/// @param by who declares it
public record Declaration(
    Text title, Impact impact, List<String> components, Text text, Instant startedAt, String by) {
  public Declaration {
    components = List.copyOf(components);
  }
}
