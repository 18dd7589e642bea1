package hinomi.promql.parse;

import hinomi.model.BadInput;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations inside expressions: `1h30m`, `500ms`; units from large to small, each at most once.
/// Not `0` alone and with room for any size, unlike those of the settings.
public final class Durations {
  private static final Pattern PART = Pattern.compile("([0-9]+)([^0-9]+)");
  private static final List<String> UNITS = List.of("y", "w", "d", "h", "m", "s", "ms");
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /// About 292 years: what Prometheus can hold.
  private static final double MAX_MILLIS = Long.MAX_VALUE / 1_000_000.0;

  private Durations() {}

  /// What a word that looks like a duration comes to, in seconds.
  static double seconds(String word) {
    Matcher part = PART.matcher(word);
    double millis = 0;
    int last = -1;
    int end = 0;
    while (part.find() && part.start() == end) {
      int unit = UNITS.indexOf(part.group(2));
      if (unit < 0) {
        throw new BadInput(
            "unknown unit " + Quoting.quote(part.group(2)) + " in duration " + quoted(word));
      }
      if (unit <= last) {
        throw new BadInput("not a valid duration string: " + quoted(word));
      }
      millis += Double.parseDouble(part.group(1)) * MILLIS[unit];
      last = unit;
      end = part.end();
    }
    if (end < word.length()) {
      throw new BadInput("not a valid duration string: " + quoted(word));
    }
    if (millis > MAX_MILLIS) {
      throw new BadInput("duration out of range");
    }
    return millis / 1000;
  }

  private static String quoted(String word) {
    return Quoting.quote(word);
  }

  /// As Prometheus prints one: years and weeks only where nothing remains.
  public static String print(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
    long rest = Math.abs(millis);
    for (int i = 0; i < UNITS.size(); i++) {
      if (rest >= MILLIS[i] && (i > 1 || rest % MILLIS[i] == 0)) {
        text.append(rest / MILLIS[i]).append(UNITS.get(i));
        rest %= MILLIS[i];
      }
    }
    return text.toString();
  }
}
