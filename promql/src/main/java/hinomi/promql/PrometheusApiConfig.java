package hinomi.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import hinomi.settings.Section;

/// What the Prometheus API lets whom do.
///
/// @param adminApi whether series may be deleted and snapshots taken over HTTP. Off unless asked
///   for, as in Prometheus: whoever reaches the port could delete everything, and so could any web
///   page in the browser of somebody who does, were it not for the check of its origin
/// @param corsOrigin which web pages of other origins may read answers: fits the whole origin; `.*`
///   allows all, as Prometheus does. Credentials are never allowed, and the administrative requests
///   to nobody
public record PrometheusApiConfig(boolean adminApi, Pattern corsOrigin) {
  public static final PrometheusApiConfig DEFAULT =
      new PrometheusApiConfig(false, Pattern.compile(".*"));

  /// Reads `admin-api` and `cors-origin`.
  public static PrometheusApiConfig from(Section section) {
    return new PrometheusApiConfig(
        section.flag("admin-api", DEFAULT.adminApi),
        origin(section, section.text("cors-origin", DEFAULT.corsOrigin.pattern())));
  }

  private static Pattern origin(Section section, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      section.mistake("cors-origin", "bad regular expression: " + e.getDescription());
      return DEFAULT.corsOrigin;
    }
  }
}
