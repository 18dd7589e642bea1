package hinomi.alertengine.template;

import hinomi.model.BadInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// Numbers for people, as Prometheus' template functions write them (template/template.go).
final class Humanize {
  private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
  private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
  private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
  private static final DateTimeFormatter GO_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT);

  private Humanize() {}

  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return GoFormat.significant(value, 4);
    }
    double rest = value;
    String prefix = "";
    if (Math.abs(value) >= 1) {
      for (int i = 0; i < LARGE.length && Math.abs(rest) >= 1000; i++) {
        prefix = LARGE[i];
        rest /= 1000;
      }
    } else {
      for (int i = 0; i < SMALL.length && Math.abs(rest) < 1; i++) {
        prefix = SMALL[i];
        rest *= 1000;
      }
    }
    return GoFormat.significant(rest, 4) + prefix;
  }

  static String binary(double value) {
    double rest = value;
    String prefix = "";
    for (int i = 0; i < BINARY.length && Math.abs(rest) >= 1024 && Double.isFinite(value); i++) {
      prefix = BINARY[i];
      rest /= 1024;
    }
    return GoFormat.significant(rest, 4) + prefix;
  }

  static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return GoFormat.significant(seconds, 4);
    }
    if (seconds == 0) {
      return "0s";
    }
    double size = Math.abs(seconds);
    String sign = seconds < 0 ? "-" : "";
    if (size >= 60) {
      long whole = (long) size;
      long days = whole / 86_400;
      long hours = whole / 3_600 % 24;
      long minutes = whole / 60 % 60;
      String text = minutes + "m " + whole % 60 + "s";
      text = days > 0 || hours > 0 ? hours + "h " + text : text;
      return sign + (days > 0 ? days + "d " + text : text);
    }
    if (size >= 1) {
      return GoFormat.significant(seconds, 4) + "s";
    }
    double rest = seconds;
    String prefix = "";
    for (int i = 0; i < SMALL.length && Math.abs(rest) < 1; i++) {
      prefix = SMALL[i];
      rest *= 1000;
    }
    return GoFormat.significant(rest, 4) + prefix + "s";
  }

  static String percentage(double value) {
    return GoFormat.significant(value * 100, 4) + "%";
  }

  static String timestamp(double seconds) {
    if (!Double.isFinite(seconds)) {
      return GoFormat.significant(seconds, 4);
    }
    if (Math.abs(seconds) > Long.MAX_VALUE / 1e9) {
      throw new BadInput(
          "humanizeTimestamp: "
              + GoFormat.shortest(seconds)
              + " cannot be represented as a nanoseconds timestamp");
    }
    long whole = (long) Math.floor(seconds);
    // Milliseconds are all that a sample's time has; the rest is noise of the double.
    long millis = Math.round((seconds - whole) * 1000);
    return GO_TIME.format(Instant.ofEpochSecond(whole).plusMillis(millis).atOffset(ZoneOffset.UTC));
  }
}
