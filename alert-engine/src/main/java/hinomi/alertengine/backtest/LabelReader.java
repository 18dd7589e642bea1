package hinomi.alertengine.backtest;

import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Reads what is known to have been wrong:
///
/// ```yaml
/// incidents:
///   - name: order gateway slow
///     from: 2026-03-02T10:00:00+09:00
///     to: 2026-03-02T10:40:00+09:00
///     alerts: [OrderGatewaySlow]   # none: any
///     components: [gateway]        # none: any
/// ```
public final class LabelReader {
  private LabelReader() {}

  /// Every mistake is noted; what is returned is only to be used when there is none.
  public static List<Labelled> parse(String name, String text, Mistakes mistakes) {
    Section file = Yaml.parse(name, text, mistakes);
    List<Labelled> all = new ArrayList<>();
    for (Section incident : file.sections("incidents")) {
      Instant from = incident.required("from", Instant.EPOCH, LabelReader::time);
      Instant to = incident.required("to", Instant.EPOCH, LabelReader::time);
      if (to.isBefore(from)) {
        incident.mistake("to", "is before from");
      }
      all.add(
          new Labelled(
              incident.text("name", from.toString()),
              from,
              to,
              incident.texts("alerts"),
              incident.texts("components")));
    }
    file.end();
    return all;
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expected a time like 2026-03-02T10:00:00+09:00, got \"" + text + "\"", e);
    }
  }
}
