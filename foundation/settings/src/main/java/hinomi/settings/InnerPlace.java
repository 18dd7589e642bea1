package hinomi.settings;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Where in a file a character of a YAML text stands. A text may run over several lines: in a block
/// (`|`, `>`) each is indented alike, elsewhere each as it likes, and a line break is one character
/// of the text, kept or folded into a space. Escapes in double quotes are not undone: behind one
/// the column is off by its length.
///
/// @param line from 1
/// @param column from 1
record InnerPlace(int line, int column) {

  /// @param offset characters before it
  static InnerPlace of(ScalarNode scalar, int offset) {
    Mark mark =
        scalar
            .getStartMark()
            .orElseThrow(() -> new IllegalStateException("BUG: YAML is read with marks"));
    int[] raw = mark.getBuffer();
    boolean block =
        scalar.getScalarStyle() == ScalarStyle.LITERAL
            || scalar.getScalarStyle() == ScalarStyle.FOLDED;
    int line = mark.getLine() + (block ? 1 : 0);
    int begin =
        block
            ? lineEnd(raw, mark.getPointer()) + 1
            : mark.getPointer() + (scalar.isPlain() ? 0 : 1);
    int lineStart = block ? begin : mark.getPointer() - mark.getColumn();
    int indent = spaces(raw, begin);
    int at = block ? begin + indent : begin;
    int rest = offset;
    while (true) {
      int end = lineEnd(raw, at);
      int length = end - at;
      if (rest <= length || end == raw.length) {
        return new InnerPlace(line + 1, at - lineStart + Math.min(rest, length) + 1);
      }
      rest -= length + 1;
      line++;
      lineStart = end + 1;
      at = lineStart + (block ? Math.min(indent, spaces(raw, lineStart)) : spaces(raw, lineStart));
    }
  }

  private static int lineEnd(int[] raw, int from) {
    int i = from;
    while (i < raw.length && raw[i] != '\n') {
      i++;
    }
    return i;
  }

  private static int spaces(int[] raw, int from) {
    int i = from;
    while (i < raw.length && raw[i] == ' ') {
      i++;
    }
    return i - from;
  }
}
