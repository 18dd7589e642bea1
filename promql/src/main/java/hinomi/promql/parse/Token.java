package hinomi.promql.parse;

/// A word of the language, as it was written.
///
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
    AGGREGATOR,
    OPERATOR,
    PUNCTUATION
  }

  Span span() {
    return new Span(start, start + text.length());
  }

  /// Whether it is this sign, or this word in any case. A quoted text is never one.
  boolean is(String word) {
    return kind != Kind.STRING && kind != Kind.END && text.equalsIgnoreCase(word);
  }

  /// As messages call it.
  String described() {
    return switch (kind) {
      case END -> "end of input";
      case NUMBER -> "number " + brief();
      case DURATION -> "duration " + brief();
      case STRING -> "string " + brief();
      case IDENTIFIER -> "identifier " + Quoting.quote(text);
      case METRIC_IDENTIFIER -> "metric identifier " + Quoting.quote(text);
      case KEYWORD -> "<" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case OPERATOR -> "<op:" + text + ">";
      case PUNCTUATION -> Quoting.quote(text);
    };
  }

  private String brief() {
    return text.length() > 10 ? Quoting.quote(text.substring(0, 10)) + "..." : Quoting.quote(text);
  }
}
