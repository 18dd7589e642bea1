package hinomi.console.render;

import hinomi.model.BadInput;
import java.util.Optional;

/// A query with the place of its mistake: the line that holds it, cut in three, so that a caret can
/// stand below whatever the width of its characters.
///
/// @param before the lines before
/// @param prefix of the line, up to the mistake
/// @param mark the character at which the mistake begins; a space where the text has ended
/// @param rest of the line
/// @param after the lines after
record MarkedText(String before, String prefix, String mark, String rest, String after) {
  static Optional<MarkedText> of(String text, int offset) {
    if (offset == BadInput.NOWHERE || offset > text.length()) {
      return Optional.empty();
    }
    int begin = text.lastIndexOf('\n', offset - 1) + 1;
    int newline = text.indexOf('\n', offset);
    int end = newline < 0 ? text.length() : newline;
    int after = offset < end ? offset + Character.charCount(text.codePointAt(offset)) : end;
    return Optional.of(
        new MarkedText(
            text.substring(0, begin),
            text.substring(begin, offset),
            offset < end ? text.substring(offset, after) : " ",
            text.substring(after, end),
            text.substring(end)));
  }
}
