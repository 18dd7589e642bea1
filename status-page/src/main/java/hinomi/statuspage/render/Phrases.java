package hinomi.statuspage.render;

import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.pages.Speech;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;

/// What the page says with its [Speech]: times, numbers, and texts of others.
final class Phrases {
  private final Speech speech;

  Phrases(Speech speech) {
    this.speech = speech;
  }

  String say(String key, Object... arguments) {
    return speech.say(key, arguments);
  }

  /// A text that somebody else wrote, in this language.
  String of(Text text) {
    return Markup.clean(text.in(language()));
  }

  Language language() {
    return speech.language();
  }

  /// The zone's name as customers say it: 日本時間, JST.
  String zoneName(Instant at) {
    return switch (language()) {
      case JA -> speech.zone().getDisplayName(TextStyle.FULL, language().locale());
      case EN -> formatter("zzz").format(at.atZone(speech.zone()));
    };
  }

  /// To the second, with weekday and zone.
  String exact(Instant at) {
    return say("time.zoned", speech.format("pattern.exact", at), zoneName(at));
  }

  /// To the minute, with weekday.
  String moment(Instant at) {
    return speech.format("pattern.moment", at);
  }

  /// Only the time where that is enough, as of `now`.
  String brief(Instant at, Instant now) {
    return speech.brief(at, now);
  }

  /// To the second, without the day.
  String clock(Instant at) {
    return speech.format("pattern.clock-exact", at);
  }

  LocalDate date(Instant at) {
    return speech.date(at);
  }

  String day(LocalDate date) {
    return formatter(say("pattern.day")).format(date);
  }

  String shortDay(LocalDate date) {
    return formatter(say("pattern.short-day")).format(date);
  }

  String month(YearMonth month) {
    return formatter(say("pattern.month")).format(month);
  }

  private DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, language().locale());
  }

  /// The two largest units: `1 h 23 min`, `45 s`.
  String duration(Duration length) {
    return speech.duration(length);
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
