package hinomi.incidentrecords;

import hinomi.settings.Section;
import java.time.DateTimeException;
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
        section.value("zone", DEFAULT.zone, IncidentRecordsConfig::zone),
        section.duration("resolve-after", DEFAULT.resolveAfter));
  }

  private static ZoneId zone(String id) {
    // Three-letter names mean several zones each and mostly ignore clock changes.
    if (!id.contains("/") && !id.equals("UTC")) {
      throw new IllegalArgumentException(
          "expected UTC or a region like Asia/Tokyo, got \"" + id + "\"");
    }
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone \"" + id + "\"", e);
    }
  }
}
