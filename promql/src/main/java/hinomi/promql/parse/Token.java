package hinomi.promql.parse;

import hinomi.model.BadInput;

/// A word of the language, as it was written.
///
/// @param text what stands there; of an [Kind#ERROR] what is wrong with it
/// @param start characters before it
record Token(Kind kind, String text, int start) {
  enum Kind {
    END,
    NUMBER,
    DURATION,
    STRING,
    IDENTIFIER,
    METRIC_IDENTIFIER,
    KEYWORD,
    /// `start`, `end`, `step`, `range`, `max_of`, `min_of`: names, functions, or parts of
    /// modifiers.
    TIME_WORD,
    AGGREGATOR,
    OPERATOR,
    PUNCTUATION,
    /// Something that fits nowhere. It is the user's mistake only when the parser comes to it.
    ERROR
  }

  Span span() {
    return new Span(start, start + text.length());
  }

  /// Whether it is this sign, or this word in any case. A quoted text is never one.
  boolean is(String word) {
    return switch (kind) {
      case STRING, END, ERROR -> false;
      default -> text.equalsIgnoreCase(word);
    };
  }

  boolean isSign() {
    return is("+") || is("-");
  }

  /// A number or a duration.
  boolean isNumber() {
    return kind == Kind.NUMBER || kind == Kind.DURATION;
  }

  /// @param context where it stands, or the empty string; likewise `wanted`
  BadInput unexpected(String context, String wanted) {
    if (kind == Kind.ERROR) {
      return new BadInput(text, start);
    }
    return new BadInput(
        "unexpected "
            + described()
            + (context.isEmpty() ? "" : " in " + context)
            + (wanted.isEmpty() ? "" : ", expected " + wanted),
        start);
  }

  /// As messages call it.
  private String described() {
    return switch (kind) {
      case END -> "end of input";
      case NUMBER -> "number " + brief();
      case DURATION -> "duration " + brief();
      case STRING -> "string " + brief();
      case IDENTIFIER -> "identifier " + Quoting.quote(text);
      case METRIC_IDENTIFIER -> "metric identifier " + Quoting.quote(text);
      case KEYWORD -> "<" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case OPERATOR -> text.equals("=") ? brief() : "<op:" + text + ">";
      case PUNCTUATION, TIME_WORD -> brief();
      case ERROR -> text;
    };
  }

  private String brief() {
    return text.length() > 10 ? Quoting.quote(text.substring(0, 10)) + "..." : Quoting.quote(text);
  }
}
