package hinomi.alertengine.rule.kind;

import hinomi.model.BadInput;
import hinomi.settings.Durations;
import hinomi.settings.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The words of one kind while they are read: what is wrong is noted, and remembered, for of half a
/// kind no rule is made. One use.
final class Asked {
  private static final String DUMMY = "vector(1)";

  private final Section section;
  private final KindWords words;
  private boolean good = true;

  Asked(Section section, KindWords words) {
    this.section = section;
    this.words = words;
  }

  Section section() {
    return section;
  }

  /// The kind, unless something was wrong with it.
  Optional<Kind> whole(Kind kind) {
    return good ? Optional.of(kind) : Optional.empty();
  }

  void wrong(String key, String text) {
    good = false;
    section.mistake(key, text);
  }

  /// Remembers that a mistake has been noted elsewhere.
  void spoilt() {
    good = false;
  }

  /// A required expression in PromQL that is looked at in the past, too.
  Operand operand(String key) {
    return Operand.of(expression(key), words.expressions());
  }

  /// A required expression in PromQL.
  String expression(String key) {
    return expression(key, UnaryOperator.identity(), "");
  }

  /// A required expression that has to be one with something around it, too.
  ///
  /// @param wanted what to say when it alone would do
  String expression(String key, UnaryOperator<String> around, String wanted) {
    String text = section.text(key);
    if (text.isBlank()) {
      good = false;
      if (section.has(key)) {
        section.mistake(key, "is empty");
      }
      return DUMMY;
    }
    String whole = around.apply(text);
    try {
      words.expressions().check(whole);
    } catch (BadInput e) {
      good = false;
      int begin = whole.indexOf(text);
      int offset = e.offset() - Math.max(begin, 0);
      boolean within = begin >= 0 && offset >= 0 && offset < text.length();
      section.mistake(
          key, within ? offset : 0, e.reason() + (wanted.isEmpty() ? "" : "; " + wanted));
    }
    return text;
  }

  /// A required expression in LogQL.
  String logs(String key) {
    String text = section.text(key);
    try {
      words.logs().check(text);
    } catch (BadInput e) {
      wrongAt(key, e);
    }
    return text;
  }

  private void wrongAt(String key, BadInput e) {
    good = false;
    section.mistake(key, e.offset(), e.reason());
  }

  Duration duration(String key, Duration otherwise, Duration least) {
    return section.value(
        key,
        otherwise,
        text -> {
          Duration duration =
              Durations.parse(text).orElseThrow(() -> bad(Durations.complaint(text)));
          if (duration.compareTo(least) < 0) {
            throw bad("expected at least " + Durations.print(least) + ", got " + text);
          }
          return duration;
        });
  }

  double number(String key, double otherwise) {
    return section.value(key, otherwise, text -> Double.parseDouble(decimal(text)));
  }

  /// The text itself, if it is a decimal number.
  static String decimal(String text) {
    if (!text.matches("[-+]?\\d{1,18}(\\.\\d{1,18})?([eE][-+]?\\d{1,2})?")) {
      throw bad("expected a number, got \"" + text + "\"");
    }
    return text;
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(text);
  }
}
