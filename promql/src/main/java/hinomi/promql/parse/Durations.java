package hinomi.promql.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations inside expressions: `1h30m`, `500ms`; units from large to small, each at most once.
/// Not `0` alone and with room for any size, unlike those of the settings.
public final class Durations {
  private static final Pattern LOOKS = Pattern.compile("[0-9]+(ms|[smhdwy])([0-9]+(ms|[smhdw]))*");
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private Durations() {}

  static boolean isDuration(String word) {
    return LOOKS.matcher(word).matches();
  }

  /// Seconds, or NaN when units are out of order or the sum is out of range.
  static double seconds(String word) {
    Matcher matcher = FORM.matcher(word);
    if (!matcher.matches()) {
      return Double.NaN;
    }
    double millis = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      if (matcher.group(i + 1) != null) {
        millis += Double.parseDouble(matcher.group(i + 1)) * MILLIS[i];
      }
    }
    return millis > Long.MAX_VALUE / 1_000_000.0 ? Double.NaN : millis / 1000;
  }

  /// As Prometheus prints one: years and weeks only where nothing remains.
  public static String print(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
    long rest = Math.abs(millis);
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= MILLIS[i] && (i > 1 || rest % MILLIS[i] == 0)) {
        text.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return text.toString();
  }
}
