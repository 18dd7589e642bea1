package hinomi.alertengine.template;

/// A piece of a template.
///
/// @param text of a word, an operator or a field; the value of a text or string
/// @param offset characters before it
record Token(Kind kind, String text, int offset) {
  enum Kind {
    TEXT,
    OPEN,
    CLOSE,
    STRING,
    CHAR,
    NUMBER,
    WORD,
    FIELD,
    VARIABLE,
    SYMBOL,
    SPACE,
    END
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }
}
