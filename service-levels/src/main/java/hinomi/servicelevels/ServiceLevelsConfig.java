package hinomi.servicelevels;

import hinomi.settings.Section;
import java.time.Duration;
import java.time.ZoneId;

/// How service levels are counted.
///
/// @param zone the operator's zone, in which days begin and end
/// @param persistEvery how often claims that merely last longer are written: what a crash can turn
///   from measured into unknown
public record ServiceLevelsConfig(ZoneId zone, Duration persistEvery) {
  public static final ServiceLevelsConfig DEFAULT =
      new ServiceLevelsConfig(ZoneId.of("Asia/Tokyo"), Duration.ofSeconds(10));

  /// Reads the section `service-levels`.
  public static ServiceLevelsConfig from(Section section) {
    return new ServiceLevelsConfig(
        section.zone("zone", DEFAULT.zone),
        section.value("persist-every", DEFAULT.persistEvery, ServiceLevelsConfig::period));
  }

  private static Duration period(String text) {
    return hinomi.settings.Durations.parse(text)
        .filter(Duration::isPositive)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "expected a duration above zero like 10s, got \"" + text + "\""));
  }
}
