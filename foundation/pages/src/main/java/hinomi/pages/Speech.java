package hinomi.pages;

import hinomi.model.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// How one language says times, in one zone, and lengths of time. How a time is written is among
/// the part's own words: `pattern.clock` and `pattern.brief` must be there. Unchangeable, for any
/// thread.
public final class Speech {
  private final Words words;
  private final ZoneId zone;

  public Speech(Words words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
  }

  public Words words() {
    return words;
  }

  public Language language() {
    return words.language();
  }

  public ZoneId zone() {
    return zone;
  }

  /// A sentence; see [Words#say].
  public String say(String key, Object... arguments) {
    return words.say(key, arguments);
  }

  /// A time as the pattern under this key writes it (syntax of [DateTimeFormatter]).
  public String format(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(say(pattern), language().locale()).format(at.atZone(zone));
  }

  public LocalDate date(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  /// The time alone where it is of the same day as `now`, else with its date.
  public String brief(Instant at, Instant now) {
    return format(date(at).equals(date(now)) ? "pattern.clock" : "pattern.brief", at);
  }

  /// The two largest units: `1 h 23 min`, `45 s`. Cut off, not rounded; never below zero.
  public String duration(Duration length) {
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
}
