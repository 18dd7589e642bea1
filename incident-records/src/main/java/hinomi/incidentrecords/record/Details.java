package hinomi.incidentrecords.record;

import hinomi.model.Incident;
import java.util.List;

/// An incident with what is internal of it.
///
/// @param byPerson only a person ends it
public record Details(
    Incident incident, boolean byPerson, List<Alerts.Alert> alerts, List<Timeline.Entry> timeline) {
  public Details {
    alerts = List.copyOf(alerts);
    timeline = List.copyOf(timeline);
  }
}
