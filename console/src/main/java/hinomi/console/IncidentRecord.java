package hinomi.console;

import hinomi.model.Incident;
import hinomi.model.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An incident with what is internal of it.
///
/// @param byPerson only a person ends it
/// @param timeline oldest first
/// @param versions of the post-mortem that were saved, newest first
public record IncidentRecord(
    Incident incident,
    boolean byPerson,
    List<Alert> alerts,
    List<Entry> timeline,
    List<Version> versions) {
  /// An alert behind the incident.
  public record Alert(
      String name, String severity, Instant activeAt, Optional<Instant> resolvedAt) {}

  /// Something that happened.
  ///
  /// @param kind a word: `opened`, `alert`, `page`, `ack`, `update`, `note`, `postmortem`…
  /// @param who a person, or empty for the program
  public record Entry(Instant at, String kind, String who, String text) {}

  /// A saved version of the post-mortem, in CommonMark.
  public record Version(int number, Text markdown, String author, Instant at) {}

  public IncidentRecord {
    alerts = List.copyOf(alerts);
    timeline = List.copyOf(timeline);
    versions = List.copyOf(versions);
  }
}
