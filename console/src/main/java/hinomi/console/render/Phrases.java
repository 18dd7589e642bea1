package hinomi.console.render;

import hinomi.console.AlertGroup;
import hinomi.console.chart.Figures;
import hinomi.console.form.Form.Mistake;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/// How one language says values, times and lengths of time, in the console's zone. Templates know
/// it as `p`; what they call must be public.
final class Phrases {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");

  private final Words words;
  private final ZoneId zone;
  private final Locale locale;

  Phrases(Words words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
    this.locale = words.language().locale();
  }

  public Language language() {
    return words.language();
  }

  public ZoneId zone() {
    return zone;
  }

  public String say(String key, Object... arguments) {
    return words.say(key, arguments);
  }

  /// A word of another part, such as a delivery's state: translated where we know it, else as it
  /// is.
  public String word(String topic, String word) {
    String key = topic + "." + word.toLowerCase(Locale.ROOT);
    return words.has(key) ? words.say(key) : word;
  }

  public String constant(String topic, Enum<?> constant) {
    return words.say(topic + "." + constant.name().toLowerCase(Locale.ROOT));
  }

  public String of(Text text) {
    return text.in(language());
  }

  /// What an alert says of itself, in this language where its rule has it.
  public String summary(AlertGroup.Alert alert) {
    String plain = alert.annotations().getOrDefault("summary", "");
    return alert.annotations().getOrDefault("summary_" + language().tag(), plain);
  }

  /// The class of a severity's colour: `page` for what wakes people.
  public String loudness(String severity) {
    return severity.equals("page") || severity.equals("critical") ? "page" : "notice";
  }

  /// Whether an annotation is an address that may be followed, such as a runbook's.
  public boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  public String shortly(double value) {
    return Figures.shortly(value);
  }

  public String number(double value) {
    return Figures.plain(value);
  }

  /// Date, time to the second.
  public String exact(Instant at) {
    return format("pattern.exact", at);
  }

  /// The time to the second, and the date unless it is today's.
  public String brief(Instant at, Instant now) {
    boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return format(today ? "pattern.clock" : "pattern.brief", at);
  }

  /// To the millisecond, with the date.
  public String fine(long nanos) {
    return format("pattern.fine", moment(nanos));
  }

  /// For machines.
  public String iso(long nanos) {
    return moment(nanos).toString();
  }

  private static Instant moment(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private String format(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(say(pattern), locale).format(at.atZone(zone));
  }

  /// How long ago.
  public String since(Instant at, Instant now) {
    return duration(Duration.between(at, now));
  }

  public String length(Instant from, Instant to) {
    return duration(Duration.between(from, to));
  }

  /// The two largest units: `1 h 23 min`, `45 s`. Cut off, not rounded.
  private String duration(Duration length) {
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

  /// A target without its kind, unless the kind says something: `person:sato` is sato.
  public String target(String target) {
    int colon = target.indexOf(':');
    String name = target.substring(colon + 1);
    return colon < 0 || target.startsWith("person:")
        ? name
        : say("target.of", name, word("target", target.substring(0, colon)));
  }

  public String targets(Iterable<String> targets) {
    StringBuilder all = new StringBuilder();
    for (String target : targets) {
      all.append(all.isEmpty() ? "" : say("list.comma")).append(target(target));
    }
    return all.toString();
  }

  /// Labels without those that stand elsewhere: `instance="db1" job="node"`.
  public String labels(Labels labels) {
    StringBuilder all = new StringBuilder(labels.metric());
    labels.forEach((name, value) -> {
      if (!name.equals(Labels.NAME)) {
        all.append(all.isEmpty() ? "" : " ").append(name).append('=').append(value);
      }
    });
    return all.toString();
  }

  public String mistake(Mistake mistake) {
    return say(
        "mistake." + mistake.kind().name().toLowerCase(Locale.ROOT),
        say("field." + mistake.field()),
        mistake.limit());
  }
}
