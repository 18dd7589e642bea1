package hinomi.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Prometheus writes them: `1h30m`, `15s`, `500ms`, `0`; units from large to small,
/// each at most once. A year has 365 days.
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private static final Pattern WORDED =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*([A-Za-z]*)");

  /// What people write for the units, in the order of [#MILLIS].
  private static final String[] WORDS = {
    "y yr yrs year years",
    "w wk wks week weeks",
    "d day days",
    "h hr hrs hour hours",
    "m min mins minute minutes",
    "s sec secs second seconds",
    "ms msec msecs millis millisecond milliseconds"
  };

  private Durations() {}

  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      String digits = matcher.group(i + 1);
      if (digits != null) {
        millis += Long.parseLong(digits) * MILLIS[i];
      }
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /// What to say of a text that is no duration, with what was probably meant.
  public static String complaint(String text) {
    return "expected a duration like 30s or 1h30m, got \"" + text + "\"" + hint(text);
  }

  /// `, did you mean "5m"?` for `5 minutes`, `5min` and the like, or nothing.
  public static String hint(String text) {
    Matcher matcher = WORDED.matcher(text.strip());
    if (!matcher.matches()) {
      return "";
    }
    String word = matcher.group(2).toLowerCase(Locale.ROOT);
    for (int i = 0; i < WORDS.length; i++) {
      if (List.of(WORDS[i].split(" ")).contains(word)) {
        Duration meant =
            Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * MILLIS[i]));
        return ", did you mean \"" + print(meant) + "\"?";
      }
    }
    return word.isEmpty() ? ", did you mean \"" + matcher.group(1) + "s\"?" : "";
  }

  /// The shortest form that [#parse] reads back, as Prometheus prints it: weeks and years only
  /// where nothing remains.
  public static String print(Duration duration) {
    long rest = duration.toMillis();
    if (rest == 0) {
      return "0s";
    }
    String[] units = {"y", "w", "d", "h", "m", "s", "ms"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.length; i++) {
      boolean exactOnly = i < 2;
      if (rest >= MILLIS[i] && (!exactOnly || rest % MILLIS[i] == 0)) {
        text.append(rest / MILLIS[i]).append(units[i]);
        rest %= MILLIS[i];
      }
    }
    return text.toString();
  }
}
