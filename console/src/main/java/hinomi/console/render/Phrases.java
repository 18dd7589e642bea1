package hinomi.console.render;

import hinomi.console.Hold;
import hinomi.console.LiveAlert;
import hinomi.console.chart.Figures;
import hinomi.console.form.Form.Kind;
import hinomi.console.form.Form.Mistake;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.pages.Speech;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What the console says with its [Speech]: values, times, and words of other parts. Templates know
/// it as `p`; what they call must be public.
final class Phrases {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");

  private static final Set<String> SHOWN =
      Set.of("alertname", "severity", "component", "instance", "alertstate_reason");

  private final Speech speech;

  Phrases(Speech speech) {
    this.speech = speech;
  }

  public Language language() {
    return speech.language();
  }

  public ZoneId zone() {
    return speech.zone();
  }

  public String say(String key, Object... arguments) {
    return speech.say(key, arguments);
  }

  /// A word of another part, such as a delivery's state: translated where we know it, else as it
  /// is.
  public String word(String topic, String word) {
    String key = topic + "." + word.toLowerCase(Locale.ROOT);
    return speech.words().has(key) ? say(key) : word;
  }

  public String constant(String topic, Enum<?> constant) {
    return say(topic + "." + constant.name().toLowerCase(Locale.ROOT));
  }

  public String of(Text text) {
    return text.in(language());
  }

  /// What an alert says of itself, in this language where its rule has it.
  public String summary(Map<String, String> annotations) {
    String plain = annotations.getOrDefault("summary", "");
    return annotations.getOrDefault("summary_" + language().tag(), plain);
  }

  /// What keeps an alert from being told, and until when.
  public String hold(Hold hold, Instant now) {
    String by = hold.source().map(source -> source.get("alertname")).orElse(hold.by());
    String who = hold.owner().isEmpty() ? say("hold.nobody") : hold.owner();
    String what =
        hold.why().equals("silenced")
            ? say("hold.silenced", who)
            : speech.words().has("hold." + hold.why())
                ? say("hold." + hold.why(), by, hold.by())
                : say("hold.other", hold.why(), by);
    return hold.until().map(at -> say("hold.until", what, brief(at, now))).orElse(what);
  }

  /// How long until then.
  public String remaining(Instant now, Instant until) {
    return speech.duration(Duration.between(now, until));
  }

  /// A length of time in words.
  public String lasting(Duration length) {
    return speech.duration(length);
  }

  /// How long something took, in milliseconds.
  public String took(Duration length) {
    return say("took", Figures.plain(Math.round(length.toNanos() / 1e5) / 10.0));
  }

  /// For a `datetime-local` field.
  public String local(Instant at) {
    return LocalDateTime.ofInstant(at, zone()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Labels that stand nowhere else on an alert's card.
  public Map<String, String> others(Labels labels) {
    Map<String, String> others = new LinkedHashMap<>(labels.toMap());
    others.keySet().removeAll(SHOWN);
    return others;
  }

  /// The last part of a path.
  public String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The class of a severity's colour: `page` for what wakes people.
  public String loudness(String severity) {
    return LiveAlert.isPage(severity) ? "page" : "notice";
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
    return speech.format("pattern.exact", at);
  }

  /// The time to the second, and the date unless it is today's.
  public String brief(Instant at, Instant now) {
    return speech.brief(at, now);
  }

  /// To the millisecond, with the date.
  public String fine(long nanos) {
    return speech.format("pattern.fine", moment(nanos));
  }

  /// For machines.
  public String iso(long nanos) {
    return moment(nanos).toString();
  }

  private static Instant moment(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// How long ago.
  public String since(Instant at, Instant now) {
    return speech.duration(Duration.between(at, now));
  }

  public String length(Instant from, Instant to) {
    return speech.duration(Duration.between(from, to));
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

  /// What tells an alert from others of its name: `instance=db1 market=BTC/JPY`.
  public String distinct(Labels labels) {
    StringBuilder all = new StringBuilder();
    labels.forEach((name, value) -> {
      if (!name.equals("alertname") && !name.equals("severity")) {
        all.append(all.isEmpty() ? "" : " ").append(name).append('=').append(value);
      }
    });
    return all.toString();
  }

  public String mistake(Mistake mistake) {
    Object limit =
        mistake.kind() == Kind.TOO_LASTING
            ? lasting(Duration.ofSeconds(mistake.limit()))
            : mistake.limit();
    return say(
        "mistake." + mistake.kind().name().toLowerCase(Locale.ROOT),
        say("field." + mistake.field()),
        limit);
  }
}
