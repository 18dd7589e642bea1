package hinomi.statuspage.render;

import hinomi.model.Language;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// How one language says numbers, times and lengths of time, in the page's zone.
final class Phrases {
  private final Words words;
  private final ZoneId zone;
  private final Locale locale;

  Phrases(Words words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
    this.locale = words.language().locale();
  }

  String say(String key, Object... arguments) {
    return words.say(key, arguments);
  }

  /// A text that somebody else wrote, in this language.
  String of(Text text) {
    return Markup.clean(text.in(words.language()));
  }

  Language language() {
    return words.language();
  }

  /// The zone's name as customers say it: 日本時間, JST.
  String zoneName(Instant at) {
    return switch (language()) {
      case JA -> zone.getDisplayName(TextStyle.FULL, locale);
      case EN -> DateTimeFormatter.ofPattern("zzz", locale).format(at.atZone(zone));
    };
  }

  /// To the second, with weekday and zone.
  String exact(Instant at) {
    return say("time.zoned", format("pattern.exact", at), zoneName(at));
  }

  /// To the minute, with weekday.
  String moment(Instant at) {
    return format("pattern.moment", at);
  }

  /// Only the time where that is enough, as of `now`.
  String brief(Instant at, Instant now) {
    return date(at).equals(date(now)) ? format("pattern.clock", at) : format("pattern.brief", at);
  }

  /// To the second, without the day.
  String clock(Instant at) {
    return format("pattern.clock-exact", at);
  }

  private String format(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(say(pattern), locale).format(at.atZone(zone));
  }

  LocalDate date(Instant at) {
    return ZonedDateTime.ofInstant(at, zone).toLocalDate();
  }

  String day(LocalDate date) {
    return DateTimeFormatter.ofPattern(say("pattern.day"), locale).format(date);
  }

  String shortDay(LocalDate date) {
    return DateTimeFormatter.ofPattern(say("pattern.short-day"), locale).format(date);
  }

  String month(YearMonth month) {
    return DateTimeFormatter.ofPattern(say("pattern.month"), locale).format(month);
  }

  /// The two largest units: `1 h 23 min`, `45 s`. Cut off, not rounded.
  String duration(Duration length) {
    Duration d = length.isNegative() ? Duration.ZERO : length;
    if (d.toDays() > 0) {
      return two("d", d.toDays(), "h", d.toHoursPart());
    }
    if (d.toHours() > 0) {
      return two("h", d.toHours(), "min", d.toMinutesPart());
    }
    return d.toMinutes() > 0
        ? two("min", d.toMinutes(), "s", d.toSecondsPart())
        : say("unit.s", d.toSeconds());
  }

  private String two(String large, long many, String small, long few) {
    String first = say("unit." + large, many);
    return few == 0 ? first : say("unit.and", first, say("unit." + small, few));
  }

  /// `part` of `whole` in percent with two decimals, always cut off: 100 % means all of it, and 0 %
  /// none of it.
  String percent(Duration part, Duration whole) {
    if (whole.isZero() || part.isZero()) {
      return "0%";
    }
    if (part.compareTo(whole) >= 0) {
      return "100%";
    }
    long hundredths = (long) Math.floor(10_000.0 * part.toMillis() / whole.toMillis());
    long sure = Math.clamp(hundredths, 0, 9_999);
    return sure == 0
        ? "<0.01%"
        : sure / 100 + "." + (sure % 100 < 10 ? "0" : "") + sure % 100 + "%";
  }
}
