package hinomi.console;

import hinomi.settings.Section;
import java.net.URI;
import java.time.ZoneId;
import java.util.Optional;

/// How the console presents itself.
///
/// @param zone in which times are shown
/// @param grafana where Grafana is, if there is one
public record ConsoleConfig(ZoneId zone, Optional<URI> grafana) {
  /// Reads `zone` (Asia/Tokyo) and `grafana` (none) of the section `console`.
  public static ConsoleConfig from(Section console) {
    return new ConsoleConfig(console.zone("zone", ZoneId.of("Asia/Tokyo")), console.url("grafana"));
  }
}
