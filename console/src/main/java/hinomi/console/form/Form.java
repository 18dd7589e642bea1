package hinomi.console.form;

import hinomi.settings.Durations;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the fields of one form and remembers what was typed and what is wrong with it, so that the
/// form can be shown again as it was. One thread.
public final class Form {
  /// A person's name, at most.
  public static final int NAME = 100;

  /// A note of one line, at most.
  public static final int LINE = 500;

  /// A note or a public text, at most.
  public static final int TEXT = 10_000;

  /// A post-mortem in one language, at most: both must fit a body even as percent-encoded Japanese.
  public static final int MARKDOWN = 50_000;

  private static final Pattern ZONED = Pattern.compile("(?:Z|[+-]\\d\\d:\\d\\d)$");

  private final Request request;
  private final Map<String, String> typed = new LinkedHashMap<>();
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  /// What is wrong with a field.
  ///
  /// @param field its name
  /// @param kind of mistake
  /// @param limit that was passed, or 0
  public record Mistake(String field, Kind kind, int limit) {}

  /// What can be wrong with a field.
  public enum Kind {
    EMPTY,
    TOO_LONG,
    CONTROL_CHARACTER,
    NO_CHOICE,
    NOT_CONFIRMED,
    NO_TIME,
    NO_LENGTH,
    /// Longer than so many seconds.
    TOO_LASTING,
    /// Somebody else was faster.
    CHANGED
  }

  public Form(Request request) {
    this.request = request;
  }

  /// A text of one line that must be there.
  public String line(String field, int limit) {
    return required(field, text(field, limit, false));
  }

  /// A text of one line that may be empty.
  public String optionalLine(String field, int limit) {
    return text(field, limit, false);
  }

  /// A text of several lines that must be there.
  public String lines(String field, int limit) {
    return required(field, text(field, limit, true));
  }

  private String required(String field, String text) {
    if (text.isEmpty()) {
      mistakes.add(new Mistake(field, Kind.EMPTY, 0));
    }
    return text;
  }

  private String text(String field, int limit, boolean lines) {
    // Browsers send line ends as CR LF (HTML standard, "constructing the entry list").
    String text = request.param(field).orElse("").replace("\r\n", "\n").strip();
    typed.put(field, text);
    if (text.codePointCount(0, text.length()) > limit) {
      mistakes.add(new Mistake(field, Kind.TOO_LONG, limit));
    }
    if (text.chars().anyMatch(c -> c < ' ' && !(lines && (c == '\n' || c == '\t')))) {
      mistakes.add(new Mistake(field, Kind.CONTROL_CHARACTER, 0));
    }
    return text;
  }

  /// One of the constants, in lower case; the first when it is none, which is a mistake.
  public <E extends Enum<E>> E choice(String field, Class<E> type) {
    String text = text(field, NAME, false);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    mistakes.add(new Mistake(field, Kind.NO_CHOICE, 0));
    return type.getEnumConstants()[0];
  }

  /// A time on the clock of a zone, as `datetime-local` fields give it (HTML standard, "Local dates
  /// and times"), or with an offset; may be empty.
  public Optional<Instant> optionalTime(String field, ZoneId zone) {
    String text = text(field, NAME, false);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZONED.matcher(text).find()
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      mistakes.add(new Mistake(field, Kind.NO_TIME, 0));
      return Optional.empty();
    }
  }

  /// A length of time such as `90m` or `1d12h`, above zero.
  public Duration length(String field, Duration longest) {
    Duration length = Durations.parse(text(field, NAME, false)).orElse(Duration.ZERO);
    if (!length.isPositive()) {
      mistakes.add(new Mistake(field, Kind.NO_LENGTH, 0));
    } else if (length.compareTo(longest) > 0) {
      mistakes.add(
          new Mistake(
              field, Kind.TOO_LASTING, (int) Math.min(Integer.MAX_VALUE, longest.toSeconds())));
    }
    return length;
  }

  /// A box that must be ticked.
  public void confirmed(String field) {
    if (!text(field, NAME, false).equals("yes")) {
      mistakes.add(new Mistake(field, Kind.NOT_CONFIRMED, 0));
    }
  }

  /// A hidden field that says what the person saw; another value now is a mistake.
  public void unchanged(String field, String now) {
    if (!text(field, NAME, false).equals(now)) {
      mistakes.add(new Mistake(field, Kind.CHANGED, 0));
    }
  }

  /// Whether a hidden field says what is said now.
  public boolean isSame(String field, String now) {
    return request.param(field).orElse("").replace("\r\n", "\n").strip().equals(now);
  }

  public boolean isGood() {
    return mistakes.isEmpty();
  }

  /// In the order of the fields.
  public Set<Mistake> mistakes() {
    return mistakes;
  }

  /// What was typed, for showing it again.
  public Map<String, String> typed() {
    return typed;
  }

  public Optional<String> typed(String field) {
    return Optional.ofNullable(typed.get(field));
  }
}
