package hinomi.settings;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Finds where in a file a character of a YAML text stands (YAML 1.2, chapters 7.3 and 8.1). What
/// is written and what it says are walked side by side: an escape is one character of the text,
/// lines of a block (`|`, `>`) lose their indentation, and where lines are folded a run of breaks
/// and blanks is one space, or one break less than there are. One use.
final class InnerPlace {
  private final int[] raw;
  private final int[] value;
  private final ScalarStyle style;
  private int at;
  private int told;

  private InnerPlace(int[] raw, int begin, int[] value, ScalarStyle style) {
    this.raw = raw;
    this.value = value;
    this.style = style;
    this.at = begin;
  }

  /// @param raw the whole file
  /// @param begin where the scalar begins in it
  /// @param offset characters of its text before the place, as `String` counts them
  /// @return an index of `raw`
  static int of(int[] raw, int begin, ScalarNode scalar, int offset) {
    String text = scalar.getValue();
    // What is wrong with the end stands behind the last word, not on a line that follows.
    int within = Math.min(offset, text.stripTrailing().length());
    int wanted = text.codePointCount(0, within);
    InnerPlace place =
        new InnerPlace(raw, begin, text.codePoints().toArray(), scalar.getScalarStyle());
    switch (scalar.getScalarStyle()) {
      case LITERAL, FOLDED -> place.block(wanted);
      case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> place.flow(wanted);
    }
    return place.at;
  }

  private void block(int wanted) {
    toNextLine();
    int indent = blanks() - leadingBlanks();
    skipIndent(indent);
    while (told < wanted && at < raw.length) {
      if (raw[at] == '\r') {
        at++;
      } else if (raw[at] != '\n') {
        at++;
        told++;
      } else if (style == ScalarStyle.LITERAL) {
        at++;
        told++;
        skipIndent(indent);
      } else {
        skipFolded(indent);
      }
    }
  }

  /// The first line decides how deep a block stands; it may begin with blanks of its own only where
  /// the header says so (`|2`).
  private int leadingBlanks() {
    int blanks = 0;
    while (blanks < value.length && value[blanks] == ' ') {
      blanks++;
    }
    return blanks;
  }

  private void skipFolded(int indent) {
    tellBreaks();
    while (at < raw.length && raw[at] == '\n') {
      at++;
      skipIndent(indent);
    }
  }

  private void flow(int wanted) {
    at += style == ScalarStyle.PLAIN ? 0 : 1;
    while (told < wanted && at < raw.length) {
      if (atBreak()) {
        tellBreaks();
        skipWhite();
      } else if (style == ScalarStyle.DOUBLE_QUOTED && raw[at] == '\\') {
        escape();
      } else {
        at += style == ScalarStyle.SINGLE_QUOTED && raw[at] == '\'' ? 2 : 1;
        told++;
      }
    }
    if (style == ScalarStyle.DOUBLE_QUOTED
        && at + 1 < raw.length
        && raw[at] == '\\'
        && raw[at + 1] == '\n') {
      escape(); // The place is behind a line that goes on without a space.
    }
  }

  private void escape() {
    int c = at + 1 < raw.length ? raw[at + 1] : ' ';
    if (c == '\n' || c == '\r') {
      at++;
      skipWhite();
      return;
    }
    at +=
        switch (c) {
          case 'x' -> 4;
          case 'u' -> 6;
          case 'U' -> 10;
          default -> 2;
        };
    told++;
  }

  /// Whether only blanks are left on this line.
  private boolean atBreak() {
    int i = at;
    while (i < raw.length && (raw[i] == ' ' || raw[i] == '\t' || raw[i] == '\r')) {
      i++;
    }
    return i < raw.length && raw[i] == '\n';
  }

  /// What a run of breaks says: a space, or breaks.
  private void tellBreaks() {
    if (told < value.length && value[told] == ' ') {
      told++;
      return;
    }
    while (told < value.length && value[told] == '\n') {
      told++;
    }
  }

  private void skipWhite() {
    while (at < raw.length
        && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\r' || raw[at] == '\n')) {
      at++;
    }
  }

  private void toNextLine() {
    while (at < raw.length && raw[at] != '\n') {
      at++;
    }
    at++;
    while (at < raw.length && raw[at] == '\n' && told < value.length && value[told] == '\n') {
      at++;
      told++;
    }
  }

  private int blanks() {
    int i = at;
    while (i < raw.length && raw[i] == ' ') {
      i++;
    }
    return i - at;
  }

  private void skipIndent(int indent) {
    at += Math.min(Math.max(indent, 0), blanks());
  }
}
