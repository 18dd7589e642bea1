package hinomi.incidentrecords.manual;

import hinomi.model.Incident.Stage;
import hinomi.model.Text;

/// A public update that a person writes.
///
/// @param stage the incident's stage from then on
/// @param by who writes it
public record NewUpdate(Stage stage, Text text, String by) {}
