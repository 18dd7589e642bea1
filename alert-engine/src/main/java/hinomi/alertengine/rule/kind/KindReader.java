package hinomi.alertengine.rule.kind;

import hinomi.model.BadInput;
import hinomi.settings.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the kind of a rule, if its map `hinomi:` names one. Mistakes are noted where they stand.
public final class KindReader {
  private static final List<String> KINDS =
      List.of("objective", "forecast", "anomaly", "inventory", "composite", "log");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Section hinomi;
  private final KindWords words;

  public KindReader(Section hinomi, KindWords words) {
    this.hinomi = hinomi;
    this.words = words;
  }

  /// Whether a map names one, good or not.
  public static boolean namesKind(Section hinomi) {
    return KINDS.stream().anyMatch(hinomi::has);
  }

  public Optional<Kind> kind() {
    List<String> named = KINDS.stream().filter(hinomi::has).toList();
    KINDS.forEach(kind -> {
      if (!hinomi.has(kind)) {
        hinomi.section(kind).keys(); // a known word, for suggestions
      }
    });
    if (named.isEmpty()) {
      return Optional.empty();
    }
    named.stream()
        .skip(1)
        .forEach(more -> {
          hinomi.mistake(more, "a rule is of one kind, and this one is of " + named.getFirst());
          hinomi.section(more).keys();
        });
    Asked asked = new Asked(hinomi.section(named.getFirst()), words);
    Optional<Kind> kind =
        switch (named.getFirst()) {
          case "objective" -> objective(asked);
          case "forecast" -> forecast(asked);
          case "anomaly" -> anomaly(asked);
          case "inventory" -> new InventoryReader(asked, words.folder()).inventory();
          case "composite" -> composite(asked);
          default -> log(asked);
        };
    return kind.filter(whole -> isEvaluable(named.getFirst(), whole));
  }

  /// What passes in its pieces may yet not fit together: a text where numbers are wanted.
  private boolean isEvaluable(String key, Kind kind) {
    try {
      Generated generated = kind.generate("");
      for (Generated.Recorded recorded : generated.recordings()) {
        words.expressions().check(recorded.expression());
      }
      for (Generated.Raised raised : generated.alerts()) {
        (raised.language() == Language.LOGQL ? words.logs() : words.expressions())
            .check(raised.expression());
      }
      return true;
    } catch (BadInput e) {
      hinomi.mistake(key, "what comes of it is no condition: " + e.reason());
      return false;
    }
  }

  private Optional<Kind> objective(Asked asked) {
    Section section = asked.section();
    BigDecimal percent =
        section.required("objective", BigDecimal.valueOf(99), KindReader::percentage);
    Duration window = asked.duration("window", Duration.ofDays(30), Duration.ofDays(7));
    List<String> by = section.texts("by");
    String errors = events(asked, "errors", by);
    String total = events(asked, "total", by);
    int minErrors = section.number("min-errors", 5, 0, Integer.MAX_VALUE);
    return asked.whole(new Objective(percent, window, errors, total, by, minErrors));
  }

  private static BigDecimal percentage(String text) {
    BigDecimal percent = new BigDecimal(Asked.decimal(text.replace("%", "").strip()));
    if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
      throw new IllegalArgumentException("expected a percentage below 100, got " + text);
    }
    return percent;
  }

  private String events(Asked asked, String key, List<String> by) {
    return asked.expression(
        key,
        text -> Objective.perSecond(text, Duration.ofHours(1), by),
        "expected counters, or events a second over [" + Objective.WINDOW + "]");
  }

  private Optional<Kind> forecast(Asked asked) {
    Section section = asked.section();
    Operand of = asked.operand("of");
    Duration ahead = asked.duration("in", Duration.ofHours(4), MINUTE);
    Duration over = asked.duration("over", Duration.ofHours(1), MINUTE);
    boolean above = section.has("above");
    if (above == section.has("below")) {
      section.text("below", "");
      asked.wrong("below", above ? "either below or above" : "or above: is missing");
    }
    double limit = asked.number(above ? "above" : "below", 0);
    Method method = section.choice("method", Method.LINEAR, Method.class);
    Duration season = asked.duration("season", Duration.ofDays(1), MINUTE);
    int seasons = section.number("seasons", 3, 1, 10);
    if (method == Method.HOLT_WINTERS && season.compareTo(ahead) < 0) {
      asked.wrong("in", "a season must not be shorter than this");
    }
    if (method == Method.LINEAR && (section.has("season") || section.has("seasons"))) {
      asked.wrong(
          section.has("season") ? "season" : "seasons", "a line has none; method: holt-winters");
    }
    return asked.whole(
        new Forecast(
            of,
            ahead,
            over,
            method == Method.LINEAR ? Duration.ZERO : season,
            seasons,
            above,
            limit));
  }

  /// How a forecast is made.
  enum Method {
    LINEAR,
    HOLT_WINTERS
  }

  private Optional<Kind> anomaly(Asked asked) {
    Section section = asked.section();
    Operand of = asked.operand("of");
    Duration window = asked.duration("window", Duration.ofMinutes(5), MINUTE);
    int weeks = section.number("weeks", 4, 2, 12);
    double deviations = section.has("deviations") ? asked.number("deviations", 4) : 4;
    Anomaly.Direction direction =
        section.choice("direction", Anomaly.Direction.BOTH, Anomaly.Direction.class);
    double atLeast = section.has("at-least") ? asked.number("at-least", 0) : 0;
    String during = section.has("while") ? asked.expression("while") : "";
    List<String> on = section.texts("on");
    if (during.isEmpty() && section.has("on")) {
      asked.wrong("on", "joins while:, which is missing");
    }
    if (deviations <= 0 || atLeast < 0) {
      asked.wrong(deviations <= 0 ? "deviations" : "at-least", "expected a number above 0");
    }
    return asked.whole(
        new Anomaly(
            of,
            window,
            weeks,
            deviations,
            direction,
            atLeast,
            during.isEmpty() ? "" : "(" + during.strip() + "\n)",
            on));
  }

  private Optional<Kind> composite(Asked asked) {
    Section section = asked.section();
    List<String> ways = List.of("all", "any", "of").stream().filter(section::has).toList();
    if (ways.size() != 1) {
      asked.wrong(
          ways.isEmpty() ? "all" : ways.getLast(),
          "expected one of all, any, and of with at-least, each with names of alerts");
    }
    List<String> names = new ArrayList<>();
    for (String way : List.of("all", "any", "of")) {
      names.addAll(section.texts(way));
    }
    List<String> none = section.texts("none");
    Set<String> once = new HashSet<>();
    for (String name : names) {
      if (name.equals(words.alert()) || !once.add(name)) {
        asked.wrong(
            ways.isEmpty() ? "all" : ways.getFirst(),
            name.equals(words.alert())
                ? "an alert cannot wait for itself"
                : name + " stands twice");
      }
    }
    if (names.isEmpty() && !ways.isEmpty()) {
      asked.wrong(ways.getFirst(), "names no alert");
    }
    boolean counted = ways.equals(List.of("of"));
    if (counted != section.has("at-least")) {
      asked.wrong("at-least", counted ? "is missing" : "goes with of");
    }
    int most = Math.max(1, names.size());
    int atLeast = section.number("at-least", 1, 1, most);
    int least = counted ? atLeast : section.has("any") ? 1 : most;
    return asked.whole(new Composite(names, least, none, section.texts("by")));
  }

  private Optional<Kind> log(Asked asked) {
    return asked.whole(new LogLines(asked.logs("query")));
  }
}
