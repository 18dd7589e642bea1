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
/// @param maxAnswer bytes of one answer, before compression
public record PrometheusApiConfig(boolean adminApi, Pattern corsOrigin, int maxAnswer) {
  /// One array holds it.
  private static final long LARGEST_ANSWER = 1 << 30;

  public static final PrometheusApiConfig DEFAULT =
      new PrometheusApiConfig(false, Pattern.compile(".*"), 64 << 20);

  /// Reads `admin-api`, `cors-origin` and `max-answer`.
  public static PrometheusApiConfig from(Section section) {
    return new PrometheusApiConfig(
        section.flag("admin-api", DEFAULT.adminApi),
        origin(section, section.text("cors-origin", DEFAULT.corsOrigin.pattern())),
        (int) Math.min(section.bytes("max-answer", DEFAULT.maxAnswer), LARGEST_ANSWER));
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
