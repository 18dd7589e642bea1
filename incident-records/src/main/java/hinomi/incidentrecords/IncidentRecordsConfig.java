package hinomi.incidentrecords;

import hinomi.settings.Section;
import java.time.Duration;
import java.time.ZoneId;

/// How incidents are kept.
///
/// @param zone the operator's zone: of the date in an incident's id, and of times in public texts
/// @param resolveAfter how long no alert may fire before an incident that opened by itself is
///   resolved by itself
public record IncidentRecordsConfig(ZoneId zone, Duration resolveAfter) {
  public static final IncidentRecordsConfig DEFAULT =
      new IncidentRecordsConfig(ZoneId.of("Asia/Tokyo"), Duration.ofMinutes(1));

  /// Reads the section `incident-records`.
  public static IncidentRecordsConfig from(Section section) {
    return new IncidentRecordsConfig(
        section.zone("zone", DEFAULT.zone),
        section.duration("resolve-after", DEFAULT.resolveAfter));
  }
}
